using System.Net;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Explain;

/// <summary>An endpoint behind an address of the host.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Address">Its address of the family.</param>
/// <param name="Port">Its port.</param>
internal sealed record Target(EndpointPlan Endpoint, IPAddress Address, ushort Port);
