using System.Net.Sockets;
using Fairway.Dataplane.Endpoints;
using Fairway.Dataplane.Host;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tunnels;
using Fairway.Dataplane.Uplinks;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Routing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using MacAddress = Fairway.Model.Addressing.MacAddress;

namespace Fairway.Dataplane.Networks;

/// <inheritdoc/>
internal sealed partial class NetworkDriver(HostNetlink host, Instance instance, VirtualSwitch virtualSwitch, NetworkTable table, PortTable ports, LinkReaper reaper,
    ResolverSpace resolverSpace, SegmentTable segments) : INetworkDriver
{
    private readonly TunnelDevices _tunnels = new(host, instance, virtualSwitch, new PortHolder(host));
    private readonly VirtualSubnetTable _virtualSubnets = new(virtualSwitch.Maps);
    private readonly HostNic _nic = new(host, instance, virtualSwitch);
    private readonly ResolverPorts _resolvers = new(host, instance, virtualSwitch, ports, resolverSpace);

    /// <inheritdoc/>
    public void Apply(IReadOnlyCollection<NetworkPlan> networks)
    {
        foreach (NetworkPlan network in networks)
        {
            try
            {
                Apply(network);
            }
            catch (LinuxException e)
            {
                throw new FairwayException(ErrorKind.Internal, $"network '{network.Name}'", $"create network '{network.Name}': {e.Message}", inner: e);
            }
        }
    }

    /// <inheritdoc/>
    public void RemoveExcept(IReadOnlyCollection<NetworkPlan> keep)
    {
        HashSet<uint> numbers = [.. keep.Select(network => network.Number)];
        foreach ((uint number, NetworkRow row) in virtualSwitch.Maps.Networks.Enumerate().Where(entry => entry.Value.Flags != NetworkFlags.None))
        {
            if (numbers.Contains(number))
                continue;
            if (row.Flags.HasFlag(NetworkFlags.Segment))
                segments.Close(number);
            virtualSwitch.Maps.Networks.Set(number, default);
            _resolvers.Close(number);
        }
        // One whose network never opened, for it failed half-way.
        foreach (uint resolver in virtualSwitch.Maps.Links.Enumerate().Select(entry => entry.Value).Where(port => port > SwitchLimits.ResolverPort && !numbers.Contains(port - SwitchLimits.ResolverPort)))
            _resolvers.Close(resolver - SwitchLimits.ResolverPort);
        _virtualSubnets.CloseExcept(keep);
        HashSet<(LinkKind, Guid)> wanted = [];
        foreach (NetworkPlan network in keep)
        {
            if (network.HostLink is not null)
                wanted.Add((LinkKind.Network, network.Id));
            if (HasResolver(network))
                wanted.Add((LinkKind.Resolver, network.Id));
            if (network.Tunnel is not null)
                wanted.Add((LinkKind.Tunnel, TunnelDevices.IdOf(network.Tunnel.Port)));
        }
        int[] strangers = [.. host.Queries.ListLinks()
            .Where(link => instance.IsLive(link) && instance.MarkOf(link) is { Kind: not LinkKind.Endpoint } mark && !wanted.Contains((mark.Kind, mark.Id)))
            .Select(link => link.Index)];
        reaper.DeleteNow(strangers);
    }

    /// <summary>The row comes last: until it is there, the network forwards nothing.</summary>
    private void Apply(NetworkPlan network)
    {
        NetworkFlags flags = FlagsOf(network);
        RequireFamilies(network);
        Link? uplink = network.Uplink is null ? null : segments.UplinkOf(network);
        int link = network.HostLink is null ? 0 : _nic.Apply(network);
        if (HasResolver(network))
            _resolvers.Apply(network);
        int tunnel = network.Tunnel is null ? 0 : _tunnels.Apply(network.Tunnel.Port);
        _virtualSubnets.Open(network);
        table.Open(network.Number, RowOf(network, flags, link, uplink, tunnel));
        if (uplink is not null)
            segments.Open(network, uplink);
    }

    private static void RequireFamilies(NetworkPlan network)
    {
        if (!KernelIpv6.IsPresent && network.Subnets.Any(subnet => subnet.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6))
        {
            throw new FairwayException(ErrorKind.Unsupported, $"network '{network.Name}'",
                $"create network '{network.Name}': it has an IPv6 prefix and this host has no IPv6 (ipv6.disable=1); give it an IPv4 prefix only");
        }
    }

    private static bool HasResolver(NetworkPlan network) => network.Gateways.Length > 0;

    private static NetworkFlags FlagsOf(NetworkPlan network)
    {
        NetworkTraits traits = NetworkTraits.Of(network.Type);
        return NetworkFlags.Live
            | (network.HostLink is null ? NetworkFlags.None : NetworkFlags.Host)
            | (traits.IsTranslated ? NetworkFlags.Nat : NetworkFlags.None)
            | (traits.HasUplink ? NetworkFlags.Segment : NetworkFlags.None)
            | (traits.HasOneMac ? NetworkFlags.OneMac : NetworkFlags.None)
            | (traits.IsHairpin ? NetworkFlags.Hairpin : NetworkFlags.None)
            | (traits.IsEncapsulated ? NetworkFlags.Overlay : NetworkFlags.None)
            | (network.HasHostRoute ? NetworkFlags.HostRoute : NetworkFlags.None);
    }

    private static NetworkRow RowOf(NetworkPlan network, NetworkFlags flags, int link, Link? uplink, int tunnel) => new()
    {
        Flags = flags,
        HostIfindex = (uint)link,
        Gateway4 = PortTable.First([.. network.Gateways, .. network.NextHops], AddressFamily.InterNetwork),
        Gateway6 = PortTable.First([.. network.Gateways, .. network.NextHops], AddressFamily.InterNetworkV6),
        GatewayMac = new MacBytes(network.GatewayMac),
        Mtu = (ushort)network.Mtu,
        Uplink = (uint)(uplink?.Index ?? tunnel),
        UplinkMac = uplink?.Mac is { } mac ? new MacBytes(new MacAddress(mac.Value)) : default,
        Vlan = network.Vlan,
    };
}
