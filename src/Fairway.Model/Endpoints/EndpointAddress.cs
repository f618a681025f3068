using System.Net;

namespace Fairway.Model.Endpoints;

/// <summary>An address of an endpoint with the prefix length its interface carries.</summary>
/// <param name="Address">v4 or v6.</param>
/// <param name="PrefixLength">0 to 32 or 0 to 128.</param>
public sealed record EndpointAddress(IPAddress Address, int PrefixLength);
