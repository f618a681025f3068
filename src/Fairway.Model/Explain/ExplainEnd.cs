using System.Net;

namespace Fairway.Model.Explain;

/// <summary>One end of a packet's way.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Address">Its address there, or null when it is not known.</param>
/// <param name="Name">Name of the endpoint, or null.</param>
/// <param name="Id">Id of the endpoint, or null.</param>
/// <param name="Network">Name of its network, or null.</param>
public sealed record ExplainEnd(ExplainEndKind Kind, IPAddress? Address, string? Name = null, Guid? Id = null, string? Network = null);
