using System.Net;

namespace Fairway.Bench.Peers;

/// <summary>A way to measure on.</summary>
/// <param name="Client">Namespace of the client.</param>
/// <param name="Server">Namespace of the server, or null where somebody else serves.</param>
/// <param name="Address">What the client calls.</param>
internal sealed record CallPath(string Client, string? Server, IPAddress Address);
