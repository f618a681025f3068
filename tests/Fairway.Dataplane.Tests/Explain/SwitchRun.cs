using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Operations;
using Fairway.Linux.Bpf;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Dataplane.Tests.Explain;

/// <summary>Runs packets through the programs that stand at the world's devices, by BPF_PROG_TEST_RUN.</summary>
internal sealed class SwitchRun : IDisposable
{
    private static readonly MacAddress s_router = new(0x0200_5E00_0001);

    private readonly ExplainWorld _world;
    private readonly IHostNetworking _host;
    private readonly Dictionary<string, Link> _links;
    private readonly BpfProgram _fromEndpoint;
    private readonly BpfProgram _toEndpoints;
    private readonly BpfProgram _fromUplink;
    private readonly BpfProgram _toUplink;
    private readonly RingBufferReader _events;

    public SwitchRun(ExplainWorld world)
    {
        _world = world;
        _host = world.Networking;
        _links = world.Host.Route.ListLinks().ToDictionary(link => link.Name);
        _fromEndpoint = Open((int)Maps.Ports.Find(world.Endpoints[0].Port)!.Value.Ifindex, TrafficDirection.Ingress);
        _toEndpoints = Open(_links[HostLinkOf("web")!].Index, TrafficDirection.Egress);
        _fromUplink = Open(_links["eth0"].Index, TrafficDirection.Ingress);
        _toUplink = Open(_links["lan0"].Index, TrafficDirection.Egress);
        _events = new RingBufferReader(BpfMap.OpenPinned(Path.Combine("/sys/fs/bpf", world.Host.Name, $"v{SwitchLimits.Layout}", "events")));
        world.Host.Dataplane.Switch.ChangeWatchers(1);
    }

    private SwitchMaps Maps => _world.Host.Dataplane.Switch.Maps;

    /// <summary>An endpoint sends. On a LAN, the frame is addressed to whom its own stack would: that is not the switch's to decide.</summary>
    public SwitchOutcome FromEndpoint(Endpoint sender, Packet packet, bool toHost)
    {
        Network network = _host.GetNetwork($"{sender.Spec.NetworkId}");
        Link? uplink = network.Spec.Uplink is { } name ? _links[name] : null;
        MacAddress to = network.Spec.Subnets.Any(subnet => subnet.Prefix.Family == AddressFamily.InterNetwork && subnet.Prefix.Last.Equals(packet.Destination)) ? Frame.Broadcast
            : uplink is not null && toHost ? Mac(uplink) : s_router;
        SwitchOutcome outcome = Run(_fromEndpoint, (int)Maps.Ports.Find(sender.Port)!.Value.Ifindex, Frame.Of(to, sender.MacAddress, packet));
        // It enters the uplink as if received there.
        return outcome.Verdict == Verdict.Host && uplink is not null ? AtUplink(uplink, outcome.Frame) with { First = outcome } : outcome;
    }

    /// <summary>The host sends by the device its routes say.</summary>
    public SwitchOutcome FromHost(Packet packet, int link)
    {
        if (_host.Networks.FirstOrDefault(network => HostLinkOf(network.Spec.Name) is { } name && _links.TryGetValue(name, out Link? nic) && nic.Index == link) is { } entered)
            return ToEndpoints(entered, packet, ingress: 0);
        return _host.Networks.Any(network => network.Spec.Uplink is { } name && _links[name].Index == link)
            ? Run(_toUplink, link, Frame.Of(s_router, new MacAddress(0x0200_5E00_0002), packet))
            : new SwitchOutcome(Verdict.Pass, 0, 0, []);
    }

    /// <summary>Somebody outside sends; what the switch leaves alone the host forwards, if it is for one of our networks.</summary>
    public SwitchOutcome FromOutside(Packet packet)
    {
        (Link uplink, MacAddress to) = WayTo(packet.Destination);
        SwitchOutcome outcome = AtUplink(uplink, Frame.Of(to, s_router, packet));
        if (outcome.Verdict != Verdict.Pass || IsHosts(packet.Destination))
            return outcome;
        return _host.Networks.FirstOrDefault(network => HostLinkOf(network.Spec.Name) is not null && network.Spec.Subnets.Any(subnet => subnet.Prefix.Covers(packet.Destination))) is { } entered
            ? ToEndpoints(entered, packet, uplink.Index)
            : outcome;
    }

    public string LinkName(uint index) => _links.Values.Single(link => link.Index == index).Name;

    public bool IsHosts(IPAddress address) => Maps.HostAddresses.Find(new MappedAddress(address)) is not null || IPAddress.IsLoopback(address);

    public Route? RouteOfHost(IPAddress destination)
    {
        try
        {
            return _world.Host.Route.GetRoute(destination);
        }
        catch (Linux.LinuxException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _fromEndpoint.Dispose();
        _toEndpoints.Dispose();
        _fromUplink.Dispose();
        _toUplink.Dispose();
        _events.Dispose();
    }

    private SwitchOutcome ToEndpoints(Network network, Packet packet, int ingress)
    {
        int link = _links[HostLinkOf(network.Spec.Name)!].Index;
        // A test run has no class id, which tells the network otherwise.
        Maps.Links.Set((uint)link, network.Number);
        MacAddress any = new(0x0200_5E00_0003);
        return Run(_toEndpoints, link, Frame.Of(any, any, packet), ingress);
    }

    private SwitchOutcome AtUplink(Link uplink, byte[] frame)
    {
        Maps.Links.Set((uint)uplink.Index, uplink.Name.StartsWith("lan", StringComparison.Ordinal) ? SwitchLimits.UplinkShared : SwitchLimits.UplinkEthernet);
        return Run(_fromUplink, uplink.Index, frame);
    }

    /// <summary>The LAN of the endpoint that has the address, and the MAC its neighbours know it by; else the device of the default route.</summary>
    private (Link Uplink, MacAddress To) WayTo(IPAddress destination)
    {
        foreach (Endpoint endpoint in _world.Endpoints.Where(endpoint => endpoint.Addresses.Any(own => own.Address.Equals(destination))))
        {
            NetworkSpec network = _host.GetNetwork($"{endpoint.Spec.NetworkId}").Spec;
            if (network.Uplink is { } name)
                return (_links[name], network.Traits.HasOneMac ? Mac(_links[name]) : endpoint.MacAddress);
        }
        return (_links["eth0"], Mac(_links["eth0"]));
    }

    private SwitchOutcome Run(BpfProgram program, int link, byte[] frame, int ingress = 0)
    {
        _events.Consume(_ => { });
        var run = new BpfTestRun { Packet = frame, Context = new SkBuffContext { IfIndex = link, IngressIfIndex = ingress }, OutputSize = 8192 };
        BpfTestResult result = _world.Host.Namespace.Run(() => program.Run(run));
        List<EventRecord> reports = [];
        _events.Consume(bytes => reports.Add(MemoryMarshal.Read<EventRecord>(bytes)));
        return new SwitchOutcome((Verdict)result.Context!.Cb[0], result.Context.Cb[1], result.Context.Cb[2], result.Packet.ToArray()) { Report = reports is [var only] ? only : null };
    }

    private BpfProgram Open(int link, TrafficDirection direction) => BpfProgram.OpenId(Assert.Single(_world.Host.Route.ListFilters(link, direction)).ProgramId);

    /// <summary>The device that carries the network's gateway address.</summary>
    private string? HostLinkOf(string network)
    {
        IPAddress? gateway = _host.GetNetwork(network).Spec is { HasHostPort: true } spec ? spec.Subnets[0].Gateway : null;
        return gateway is null ? null : _links.Values.Single(link => link.Index == _world.Host.Route.ListAddresses().First(address => address.Address.Equals(gateway)).LinkIndex).Name;
    }

    private static MacAddress Mac(Link link) => new(link.Mac!.Value.Value);
}
