using System.Net;

namespace Fairway.Bench.DataPath;

/// <summary>A path to measure: a server in one namespace, a client in another.</summary>
/// <param name="Name">Name in the report.</param>
/// <param name="Client">Path of the client's namespace.</param>
/// <param name="Server">Path of the server's namespace.</param>
/// <param name="Address">What the client calls.</param>
internal sealed record Scenario(string Name, string Client, string Server, IPAddress Address)
{
    /// <summary>First port of the server, the same for every scenario.</summary>
    public const int FirstPort = 7000;
}
