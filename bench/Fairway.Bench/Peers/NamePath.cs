using System.Net;

namespace Fairway.Bench.Peers;

/// <summary>A container that asks for a name.</summary>
/// <param name="Client">Namespace of the container.</param>
/// <param name="Resolver">Whom it asks.</param>
/// <param name="Name">Name of another container.</param>
internal sealed record NamePath(string Client, IPAddress Resolver, string Name);
