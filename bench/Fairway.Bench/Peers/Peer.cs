using System.Collections.Immutable;
using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>Somebody who takes part.</summary>
/// <param name="Name">Name in tables, and of its namespaces.</param>
/// <param name="Title">What it is.</param>
/// <param name="Color">In charts.</param>
/// <param name="Version">Shell command that prints its version.</param>
/// <param name="Needs">Programs it needs, and the Debian package of each.</param>
/// <param name="Make">Makes its host, not yet started.</param>
internal sealed record Peer(string Name, string Title, string Color, string Version, ImmutableArray<(string Program, string Package)> Needs, Func<PeerHost> Make)
{
    /// <summary>Groups it cannot take part in, and why.</summary>
    public ImmutableDictionary<string, string> Abstains { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The only groups it takes part in; empty for all.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    /// <summary>Most endpoints it can have, and why not more.</summary>
    public (int Count, string Reason) Most { get; init; } = (int.MaxValue, "");

    /// <summary>Why it is not here, or null.</summary>
    public string? Absence()
    {
        (string Program, string Package)[] missing = [.. Needs.Where(item => Tool.Find(item.Program) is null)];
        return missing.Length == 0 ? null : $"not installed: {string.Join(", ", missing.Select(item => $"{Path.GetFileName(item.Program)} ({item.Package})"))}";
    }
}
