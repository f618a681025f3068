using System.Net;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Bpf;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>
/// The tables of a host with four networks, filled anew for every test, and the ways to hand the switch a frame:
/// <code>
///   web   (NAT)       A B C, resolver        Lan: default routes
///   blue  (NAT)       D, resolver            Second: no IPv6 address
///   inside (internal) E F, resolver          Bare: no link-layer header
///   alone (private)   G H
/// </code>
/// </summary>
internal sealed partial class Scene
{
    public const ushort FirstNatPort = 20000;
    public const ushort LastNatPort = 36383;

    private const uint FlowQuota = 1000;
    private const uint HalfOpenQuota = 500;

    private readonly SwitchUnderTest _switch;

    public Scene(SwitchUnderTest fixture)
    {
        _switch = fixture;
        fixture.Clear();
        Configure((ref ConfigRow row) => row = new ConfigRow
        {
            Epoch = 1,
            NatFirst = FirstNatPort,
            NatLast = LastNatPort,
            FlowQuota = FlowQuota,
            HalfOpenQuota = HalfOpenQuota,
        });
        foreach (TestNetwork network in TestNetwork.All)
            Maps.Networks.Set(network.Number, network.ToRow());
        foreach (TestEndpoint endpoint in Endpoints)
            Open(endpoint);
        foreach (TestUplink uplink in TestUplink.All)
            Open(uplink);
        foreach (IPAddress address in HostNamespace.Addresses)
            Maps.HostAddresses.Set(new MappedAddress(address), 1);
    }

    public delegate void ConfigChange(ref ConfigRow row);

    public TestEndpoint A { get; } = TestEndpoint.New(TestNetwork.Web, 1);

    public TestEndpoint B { get; } = TestEndpoint.New(TestNetwork.Web, 2);

    public TestEndpoint C { get; } = TestEndpoint.New(TestNetwork.Web, 3);

    /// <summary>Of another network.</summary>
    public TestEndpoint D { get; } = TestEndpoint.New(TestNetwork.Blue, 4);

    /// <summary>Of the internal network.</summary>
    public TestEndpoint E { get; } = TestEndpoint.New(TestNetwork.Inside, 5);

    public TestEndpoint F { get; } = TestEndpoint.New(TestNetwork.Inside, 6);

    /// <summary>Of the private network.</summary>
    public TestEndpoint G { get; } = TestEndpoint.New(TestNetwork.Alone, 7);

    public TestEndpoint H { get; } = TestEndpoint.New(TestNetwork.Alone, 8);

    public TestEndpoint WebResolver { get; } = TestEndpoint.ResolverOf(TestNetwork.Web);

    public TestEndpoint InsideResolver { get; } = TestEndpoint.ResolverOf(TestNetwork.Inside);

    public IReadOnlyList<TestEndpoint> Endpoints => [A, B, C, D, E, F, G, H, WebResolver, TestEndpoint.ResolverOf(TestNetwork.Blue), InsideResolver];

    public SwitchMaps Maps => _switch.Maps;

    public HostNamespace Host => _switch.Host;

    public SwitchUnderTest Switch => _switch;

    /// <summary>Opens a port, or changes it: its row, its addresses, and the link that leads to it.</summary>
    public void Open(TestEndpoint endpoint)
    {
        Maps.Ports.Set(endpoint.Port, endpoint.ToRow());
        Maps.Links.Set((uint)endpoint.Link, endpoint.Port);
        if (endpoint.IsResolver)
            return;
        foreach (IPAddress address in new[] { endpoint.V4, endpoint.V6 }.Where(address => !address.Equals(IPAddress.IPv6None)))
            AddAddress(endpoint, address);
    }

    public void AddAddress(TestEndpoint endpoint, IPAddress address)
        => Maps.Addresses.Set(new AddressKey(endpoint.Network.Number, new MappedAddress(address)), new AddressRow(endpoint.Port));

    public void RemoveAddress(TestEndpoint endpoint, IPAddress address)
        => Maps.Addresses.Remove(new AddressKey(endpoint.Network.Number, new MappedAddress(address)));

    /// <summary>Closes a port; its addresses stay in the table, as between two steps of the daemon.</summary>
    public void Close(TestEndpoint endpoint) => Maps.Ports.Set(endpoint.Port, default);

    public void Open(TestUplink uplink)
    {
        Maps.Uplinks.Set((uint)uplink.Link, uplink.ToRow());
        Maps.Links.Set((uint)uplink.Link, uplink.HasMac ? SwitchLimits.UplinkEthernet : SwitchLimits.UplinkRaw);
    }

    public void Configure(ConfigChange change)
    {
        ConfigRow row = Maps.Config.Find(0)!.Value;
        change(ref row);
        Maps.Config.Set(0, row);
    }

    /// <summary>Says that rules or routes have changed.</summary>
    public void BeginEpoch() => Configure((ref ConfigRow row) => row.Epoch++);

    /// <summary>An endpoint sends.</summary>
    public Outcome Send(TestEndpoint endpoint, byte[] frame, Func<SkBuffContext, SkBuffContext>? change = null)
        => Run(_switch.FromEndpoint, endpoint.Link, frame, change);

    public Outcome Send(TestEndpoint endpoint, Packet packet, Func<SkBuffContext, SkBuffContext>? change = null) => Send(endpoint, endpoint.Frame(packet), change);

    /// <summary>A frame arrives at a device of the host.</summary>
    public Outcome Receive(TestUplink uplink, byte[] frame, Func<SkBuffContext, SkBuffContext>? change = null)
    {
        // The kernel takes the first bytes for an Ethernet header when it makes the packet, whatever the device: BareUplinkTests tells which packets stand that.
        if (!uplink.HasMac)
            Host.SetMac(uplink.Link, frame.AsSpan(0, 6));
        return Run(_switch.FromUplink, uplink.Link, frame, change);
    }

    public Outcome Receive(TestUplink uplink, Packet packet, Func<SkBuffContext, SkBuffContext>? change = null) => Receive(uplink, uplink.Frame(packet), change);

    /// <summary>The host sends into a network, or forwards what came in by another device.</summary>
    public Outcome SendFromHost(TestNetwork network, byte[] frame, int ingress = 0)
    {
        Maps.Links.Set((uint)network.HostLink, network.Number);
        return Run(_switch.ToEndpoints, network.HostLink, frame, context => context with { IngressIfIndex = ingress });
    }

    public Outcome SendFromHost(TestNetwork network, Packet packet, int ingress = 0)
        => SendFromHost(network, Frame.Of(network.GatewayMac, network.GatewayMac, packet), ingress);

    /// <summary>A frame comes out of a tunnel, of which a test run knows nothing.</summary>
    public Outcome ReceiveFromTunnel(byte[] frame) => Run(_switch.FromTunnel, HostNamespace.StrangeLink, frame, null);

    private Outcome Run(BpfProgram program, int link, byte[] frame, Func<SkBuffContext, SkBuffContext>? change)
    {
        var context = new SkBuffContext { IfIndex = link };
        var run = new BpfTestRun { Packet = frame, Context = change is null ? context : change(context), OutputSize = 8192 };
        BpfTestResult result = Host.Run(() => program.Run(run));
        var outcome = new Outcome(result.ReturnValue, (Verdict)result.Context!.Cb[0], result.Context.Cb[1], frame, result.Packet.ToArray());
        bool sound = outcome.Action switch
        {
            Outcome.Redirect => outcome.Verdict is Verdict.Port or Verdict.Host or Verdict.Uplink or Verdict.Answer or Verdict.Tunnel,
            Outcome.Unspecified => outcome.Verdict == Verdict.Pass && (program == _switch.FromUplink || program == _switch.ToUplink),
            Outcome.Shot => outcome.Verdict == Verdict.Drop,
            _ => false,
        };
        Assert.True(sound, $"the action and the verdict disagree: {outcome}");
        return outcome;
    }
}
