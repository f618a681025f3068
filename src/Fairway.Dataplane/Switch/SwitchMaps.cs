using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux;
using Fairway.Linux.Bpf;

namespace Fairway.Dataplane.Switch;

/// <summary>The switch's tables, by the names they have in <c>bpf/layout.h</c>.</summary>
internal sealed class SwitchMaps : IDisposable
{
    private SwitchMaps(Func<string, BpfMap> open)
    {
        Config = new(open("config"));
        Networks = new(open("networks"));
        Ports = new(open("ports"));
        Links = new(open("links"));
        Addresses = new(open("addresses"));
        Publications = new(open("publications"));
        Sources = new(open("sources"));
        Balancers = new(open("balancers"));
        Backends = new(open("backends"));
        Choices = new(open("choices"));
        Uplinks = new(open("uplinks"));
        Leases = new(open("leases"));
        Limits = new(open("limits"));
        Segments = new(open("segments"));
        Members = new(open("members"));
        HostAddresses = new(open("host_addresses"));
        VirtualSubnets = new(open("virtual_subnets"));
        Remotes = new(open("remotes"));
        Ways = new(open("ways"));
        Sidecars = new(open("sidecars"));
        SidecarSpaces = new(open("sidecar_spaces"));
        SidecarPrefixes = new(open("sidecar_prefixes"));
        Flows = new(open("flows"));
        Usage = new(open("usage"));
        Statistics = new(open("statistics"));
        Drops = new(open("drops"));
        Rules = open("rules");
        Events = open("events");
    }

    public BpfMap<uint, ConfigRow> Config { get; }

    public BpfMap<uint, NetworkRow> Networks { get; }

    public BpfMap<uint, PortRow> Ports { get; }

    public BpfMap<uint, uint> Links { get; }

    public BpfMap<AddressKey, AddressRow> Addresses { get; }

    public BpfMap<PublicationKey, PublicationRow> Publications { get; }

    public BpfMap<SourceKey, uint> Sources { get; }

    public BpfMap<uint, BalancerRow> Balancers { get; }

    public BpfMap<uint, BackendRow> Backends { get; }

    public BpfMap<uint, ChoiceLine> Choices { get; }

    public BpfMap<uint, UplinkRow> Uplinks { get; }

    public BpfMap<uint, LeaseRow> Leases { get; }

    public BpfMap<uint, LimitRow> Limits { get; }

    public BpfMap<SegmentKey, uint> Segments { get; }

    public BpfMap<uint, MembersRow> Members { get; }

    public BpfMap<MappedAddress, uint> HostAddresses { get; }

    /// <summary>Network numbers.</summary>
    public BpfMap<VirtualSubnetKey, uint> VirtualSubnets { get; }

    public BpfMap<RemoteKey, RemoteRow> Remotes { get; }

    public BpfMap<WayKey, WayRow> Ways { get; }

    /// <summary>By port number.</summary>
    public BpfMap<uint, SidecarRow> Sidecars { get; }

    /// <summary>Port numbers by cookie of the namespace.</summary>
    public BpfMap<ulong, uint> SidecarSpaces { get; }

    public BpfMap<SidecarKey, SidecarFlags> SidecarPrefixes { get; }

    public BpfMap<FlowKey, FlowRow> Flows { get; }

    public BpfMap<uint, UsageRow> Usage { get; }

    public BpfPerCpuMap<uint, StatisticsRow> Statistics { get; }

    public BpfPerCpuMap<uint, ulong> Drops { get; }

    /// <summary>Images of access rules by owner: port number, or <see cref="SwitchLimits.RulesOfNetwork"/> + network number.</summary>
    public BpfMap Rules { get; }

    public BpfMap Events { get; }

    public static SwitchMaps Of(BpfObject loaded) => new(loaded.OpenMap);

    /// <summary>The maps an instance has pinned, or null when they are not all of this release's layout.</summary>
    public static SwitchMaps? TryOpenPinned(string directory)
    {
        var opened = new List<BpfMap>();
        try
        {
            return new SwitchMaps(name =>
            {
                opened.Add(BpfMap.OpenPinned(Path.Combine(directory, name)));
                return opened[^1];
            });
        }
        catch (Exception e) when (e is ArgumentException or LinuxException)
        {
            opened.ForEach(map => map.Dispose());
            return null;
        }
    }

    public void Dispose()
    {
        Config.Dispose();
        Networks.Dispose();
        Ports.Dispose();
        Links.Dispose();
        Addresses.Dispose();
        Publications.Dispose();
        Sources.Dispose();
        Balancers.Dispose();
        Backends.Dispose();
        Choices.Dispose();
        Uplinks.Dispose();
        Leases.Dispose();
        Limits.Dispose();
        Segments.Dispose();
        Members.Dispose();
        HostAddresses.Dispose();
        VirtualSubnets.Dispose();
        Remotes.Dispose();
        Ways.Dispose();
        Sidecars.Dispose();
        SidecarSpaces.Dispose();
        SidecarPrefixes.Dispose();
        Flows.Dispose();
        Usage.Dispose();
        Statistics.Dispose();
        Drops.Dispose();
        Rules.Dispose();
        Events.Dispose();
    }
}
