using System.Collections.Immutable;

namespace Fairway.Netavark.CommandLine;

/// <summary>A command line of netavark's, taken apart.</summary>
internal sealed record Invocation
{
    /// <summary>What is asked.</summary>
    public required Verb Verb { get; init; }

    /// <summary>The namespace's path for setup and teardown, the network's name for update.</summary>
    public string Operand { get; init; } = "";

    /// <summary>A file to read the request from, or null for standard input.</summary>
    public string? File { get; init; }

    /// <summary>Whether Podman runs without being root.</summary>
    public bool Rootless { get; init; }

    /// <summary>For update: whom the network's resolver asks about the outside.</summary>
    public ImmutableArray<string> DnsServers { get; init; } = [];
}
