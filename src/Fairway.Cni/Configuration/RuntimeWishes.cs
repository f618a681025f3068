using System.Collections.Immutable;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;

namespace Fairway.Cni.Configuration;

/// <summary>What is asked for one container: the capabilities in <c>runtimeConfig</c>, and <c>args.cni</c>.</summary>
internal sealed record RuntimeWishes
{
    /// <summary>Ports to publish; consecutive ones are joined.</summary>
    public ImmutableArray<PortPublication> Publications { get; init; } = [];
    /// <summary>Static addresses.</summary>
    public ImmutableArray<AskedAddress> Addresses { get; init; } = [];
    /// <summary>A MAC, or null.</summary>
    public MacAddress? Mac { get; init; }
    /// <summary>Further names.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];
    /// <summary>How fast the container may be, or null.</summary>
    public BandwidthLimits? Bandwidth { get; init; }
    /// <summary>Labels of the workload.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;
}
