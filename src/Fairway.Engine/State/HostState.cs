using System.Collections.Immutable;
using System.Net;
using Fairway.Engine.Ipam;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;

namespace Fairway.Engine.State;

/// <summary>
/// Everything the store holds, as one immutable value with the indexes that answer requests. A write makes a new one that shares all it
/// did not touch; readers keep the one they took.
/// </summary>
internal sealed partial record HostState
{
    private const uint LastPort = 16383; // bpf/layout.h: FW_MAX_PORTS - 1
    private const uint LastNetwork = 4095; // bpf/layout.h: FW_MAX_NETWORKS - 1
    private const uint LastPublication = 262143; // bpf/layout.h: FW_MAX_PUBLICATIONS - 1

    // Before Empty, whose making needs it.
    private static readonly ImmutableDictionary<string, Guid> s_noNames = ImmutableDictionary.Create<string, Guid>(StringComparer.OrdinalIgnoreCase);

    public static HostState Empty { get; } = new();

    /// <summary>The write that made it.</summary>
    public long Revision { get; init; }

    /// <summary>The host's own /48 (RFC 4193), from which networks take their /64.</summary>
    public IPNetwork HostPrefix { get; init; }

    /// <summary>The boot in which namespace cookies are valid; empty before the first start has finished.</summary>
    public string BootId { get; init; } = "";

    public ImmutableDictionary<Guid, NetworkScope> Networks { get; private init; } = ImmutableDictionary<Guid, NetworkScope>.Empty;

    public ImmutableDictionary<Guid, Endpoint> Endpoints { get; private init; } = ImmutableDictionary<Guid, Endpoint>.Empty;

    public ImmutableDictionary<Guid, NamespaceScope> Namespaces { get; private init; } = ImmutableDictionary<Guid, NamespaceScope>.Empty;

    public ImmutableDictionary<string, Guid> NetworkNames { get; private init; } = s_noNames;

    public ImmutableDictionary<string, Guid> NamespaceNames { get; private init; } = s_noNames;

    public ImmutableDictionary<string, Guid> NamespacePaths { get; private init; } = ImmutableDictionary.Create<string, Guid>(StringComparer.Ordinal);

    public ImmutableDictionary<ulong, Guid> NamespaceCookies { get; private init; } = ImmutableDictionary<ulong, Guid>.Empty;

    public ImmutableDictionary<OwnerKey, ImmutableHashSet<Guid>> Owners { get; private init; } = ImmutableDictionary<OwnerKey, ImmutableHashSet<Guid>>.Empty;

    /// <summary>Publications by their number; one with both families stands under both.</summary>
    public ImmutableDictionary<uint, NumberedPublication> Publications { get; private init; } = ImmutableDictionary<uint, NumberedPublication>.Empty;

    /// <summary>Publications by endpoint, in the order of its spec.</summary>
    public ImmutableDictionary<Guid, ImmutableArray<NumberedPublication>> EndpointPublications { get; private init; } =
        ImmutableDictionary<Guid, ImmutableArray<NumberedPublication>>.Empty;

    public PublishedPorts Ports { get; private init; } = PublishedPorts.Empty;

    /// <summary>How often each port number was given.</summary>
    public ImmutableDictionary<uint, uint> Generations { get; private init; } = ImmutableDictionary<uint, uint>.Empty;

    public NumberSpace PortNumbers { get; private init; } = NumberSpace.Of(1, LastPort);

    public NumberSpace NetworkNumbers { get; private init; } = NumberSpace.Of(1, LastNetwork);

    public NumberSpace PublicationNumbers { get; private init; } = NumberSpace.Of(1, LastPublication);

    public NumberSpace CompartmentNumbers { get; private init; } = NumberSpace.Of(2, uint.MaxValue - 1);

    public Network Network(Guid id) => Networks[id].Network;

    public ImmutableArray<NumberedPublication> PublicationsOf(Guid endpoint) => EndpointPublications.GetValueOrDefault(endpoint, []);

    public NumberSpace Numbers(NumberKind kind) => kind switch
    {
        NumberKind.Port => PortNumbers,
        NumberKind.Network => NetworkNumbers,
        NumberKind.Publication => PublicationNumbers,
        _ => CompartmentNumbers,
    };

    public HostState With(NumberKind kind, NumberSpace numbers) => kind switch
    {
        NumberKind.Port => this with { PortNumbers = numbers },
        NumberKind.Network => this with { NetworkNumbers = numbers },
        NumberKind.Publication => this with { PublicationNumbers = numbers },
        _ => this with { CompartmentNumbers = numbers },
    };

    public HostState WithGeneration(uint port, uint generation) => this with { Generations = Generations.SetItem(port, generation) };
}
