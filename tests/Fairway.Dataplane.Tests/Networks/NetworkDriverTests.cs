using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairway.Dataplane.Networks;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Sockets;
using Fairway.Linux.Sysctl;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Dataplane.Tests.Networks;

public sealed class NetworkDriverTests : IAsyncDisposable
{
    private readonly TestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Apply_MakesTheHostsInterface()
    {
        NetworkPlan network = Plans.Network(mtu: 1400);
        Apply(network);
        Link nic = _host.Route.GetLink("fw-net1");
        Assert.Contains(nic.Kind, (string[])["dummy", "bridge"]);
        Assert.Equal(network.GatewayMac.Value, nic.Mac!.Value.Value);
        Assert.Equal(1400u, nic.Mtu);
        Assert.True(nic.Flags.HasFlag(LinkFlags.Up | LinkFlags.NoArp));
        Assert.Equal(["10.77.0.1", "fd77::1"], _host.Route.ListAddresses(nic.Index).Select(address => address.Address.ToString()).Order());
    }

    [Fact]
    public void Apply_AllowsForwarding_OnOurInterfaceOnly()
    {
        var settings = new KernelSettings(_host.Namespace);
        string before = settings.Read("net/ipv4/conf/all/forwarding") + settings.Read("net/ipv6/conf/all/forwarding");
        Apply(Plans.Network());
        Assert.Equal(1, settings.ReadNumber(SysctlName.OfLink(AddressFamily.InterNetwork, "fw-net1", "forwarding")));
        Assert.Equal(1, settings.ReadNumber(SysctlName.OfLink(AddressFamily.InterNetworkV6, "fw-net1", "forwarding")));
        Assert.Equal(0, settings.ReadNumber(SysctlName.OfLink(AddressFamily.InterNetworkV6, "fw-net1", "accept_ra")));
        Assert.Equal(before, settings.Read("net/ipv4/conf/all/forwarding") + settings.Read("net/ipv6/conf/all/forwarding"));
    }

    [Fact]
    public void Apply_WhereIpv6IsOffByDefault_TurnsItOnForOurInterface()
    {
        new KernelSettings(_host.Namespace).Write("net/ipv6/conf/default/disable_ipv6", 1);
        Apply(Plans.Network());
    }

    [Theory]
    [InlineData(NetworkType.Nat, NetworkFlags.Live | NetworkFlags.Nat | NetworkFlags.Host)]
    [InlineData(NetworkType.Internal, NetworkFlags.Live | NetworkFlags.Host)]
    [InlineData(NetworkType.Private, NetworkFlags.Live)]
    public void Apply_TellsTheSwitch_WhatKindOfNetworkItIs(NetworkType type, object flags)
    {
        NetworkPlan network = Plans.Network(7, type);
        Apply(network);
        NetworkRow row = _host.Dataplane.Switch.Maps.Networks.Find(7)!.Value;
        Assert.Equal((NetworkFlags)flags, row.Flags);
        Assert.Equal(network.HostLink is null ? 0 : (uint)_host.Route.GetLink(network.HostLink).Index, row.HostIfindex);
    }

    [Fact]
    public void Apply_WithALinkOfSomebodyElse_IsAConflict()
    {
        _host.Route.CreateLink(new BridgeSpec { Name = "fw-net1" });
        var refusal = Assert.Throws<FairwayException>(() => _host.Dataplane.Drivers.Networks.Apply([Plans.Network()]));
        Assert.Equal(ErrorKind.Conflict, refusal.Kind);
        Assert.Contains("'fw-net1'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_AreSeenAndPutRight()
    {
        NetworkPlan network = Plans.Network();
        Apply(network);
        Link nic = _host.Route.GetLink("fw-net1");
        foreach (Action damage in (Action[])[
            () => _host.Route.SetLink(nic.Index, new LinkChange { Up = false }),
            () => _host.Route.SetLink(nic.Index, new LinkChange { Mtu = 1300 }),
            () => _host.Route.DeleteClsact(nic.Index),
            () => _host.Route.DeleteAddress(new InterfaceAddress { LinkIndex = nic.Index, Address = IPAddress.Parse("10.77.0.1"), PrefixLength = 24 }),
            () => _host.Route.SetLink(ResolverPorts.HostLinkOf(network.Id), new LinkChange { Up = false }),
            () => _host.Dataplane.Switch.Maps.Networks.Set(1, default),
            () => _host.Dataplane.Switch.Maps.Ports.Set(SwitchLimits.ResolverOf(1), default)])
        {
            damage();
            Assert.Empty(_host.Dataplane.Drivers.Networks.Observe([network]));
            Apply(network);
        }
        Assert.Equal(nic.Index, _host.Route.GetLink("fw-net1").Index);
    }

    [Fact]
    public void NewGateway_ReplacesTheOldOne()
    {
        NetworkPlan network = Plans.Network(subnet6: null);
        Apply(network);
        Apply(network with { Gateways = [new(IPAddress.Parse("10.77.0.254"), 24)] });
        Assert.Equal("10.77.0.254", Assert.Single(_host.Route.ListAddresses(_host.Route.GetLink("fw-net1").Index)).Address.ToString());
    }

    [Fact]
    public void RemoveExcept_RemovesWhatNobodyPlanned()
    {
        NetworkPlan stays = Plans.Network(1);
        NetworkPlan goes = Plans.Network(2, subnet4: "10.78.0.0/24", subnet6: "fd78::/64");
        Apply(stays);
        Apply(goes);
        _host.Dataplane.Drivers.Networks.RemoveExcept([stays]);
        Assert.Null(_host.Route.FindLink("fw-net2"));
        Assert.Null(_host.Route.FindLink(ResolverPorts.HostLinkOf(goes.Id)));
        Assert.Equal(NetworkFlags.None, _host.Dataplane.Switch.Maps.Networks.Find(2)!.Value.Flags);
        Assert.Equal(PortFlags.None, _host.Dataplane.Switch.Maps.Ports.Find(SwitchLimits.ResolverOf(2))!.Value.Flags);
        Assert.Contains(stays.Id, _host.Dataplane.Drivers.Networks.Observe([stays]));
    }

    /// <summary>Its links stand in the group of those being deleted then, where nobody takes them for a network's.</summary>
    [Fact]
    public void RemoveExcept_AfterOneThatTheKernelRefused_RemovesTheRest()
    {
        Apply(Plans.Network());
        Link loopback = _host.Route.GetLink("lo");
        _host.Route.SetLink(loopback.Index, new LinkChange { Group = _host.Instance.ReapingGroup });
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<LinuxException>(() => _host.Dataplane.Drivers.Networks.RemoveExcept([])).Errno);
        Assert.NotNull(_host.Route.FindLink("fw-net1"));
        _host.Route.SetLink(loopback.Index, new LinkChange { Group = 0 });
        _host.Dataplane.Drivers.Networks.RemoveExcept([]);
        Assert.Null(_host.Route.FindLink("fw-net1"));
    }

    [Fact]
    public void NumberOfANetworkNotYetRemoved_CanBeUsedAgain()
    {
        Apply(Plans.Network(1));
        NetworkPlan next = Plans.Network(1) with { HostLink = "fw-next" };
        Apply(next);
        _host.Dataplane.Drivers.Networks.RemoveExcept([next]);
        Assert.Contains(next.Id, _host.Dataplane.Drivers.Networks.Observe([next]));
        Assert.Null(_host.Route.FindLink("fw-net1"));
    }

    [Theory]
    [InlineData("10.77.0.1")]
    [InlineData("fd77::1")]
    public async Task Resolver_OfEachOfTwoNetworksWithTheSameAddresses_HearsItsOwnEndpoints(string gateway)
    {
        NetworkPlan one = Plans.Network(1);
        NetworkPlan two = Plans.Network(2, NetworkType.Internal);
        _host.Dataplane.Drivers.Networks.Apply([one]);
        // The host itself can have an address once only; the resolvers cannot see that.
        _host.Dataplane.Drivers.Networks.Apply([two]);
        using NetworkNamespace resolvers = _host.Dataplane.OpenResolverNamespace();
        IPAddress address = IPAddress.Parse(gateway);
        foreach (NetworkPlan network in (NetworkPlan[])[one, two])
        {
            TestSpace space = _host.CreateSpace();
            _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(network, space, network.Number));
            using Socket server = resolvers.OpenManagedSocket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            server.BindToDevice(HostDataplane.ResolverInterface(network.Number));
            server.Bind(new IPEndPoint(address, 53));
            using Socket client = space.Namespace.OpenManagedSocket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            Assert.Equal($"question {network.Number}", await AskAsync(client, server, $"question {network.Number}", new IPEndPoint(address, 53)));
        }
    }

    /// <summary>One datagram there and back, sent again until it is answered: IPv6 takes a moment to be ready.</summary>
    private static async Task<string> AskAsync(Socket client, Socket server, string question, IPEndPoint resolver)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        byte[] buffer = new byte[100];
        var anybody = new IPEndPoint(resolver.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        Task<SocketReceiveFromResult> heard = server.ReceiveFromAsync(buffer, SocketFlags.None, anybody, patience.Token).AsTask();
        while (!heard.IsCompleted)
        {
            await client.SendToAsync(Encoding.UTF8.GetBytes(question), SocketFlags.None, resolver, patience.Token);
            await Task.WhenAny(heard, Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token));
        }
        SocketReceiveFromResult asked = await heard;
        await server.SendToAsync(buffer.AsMemory(0, asked.ReceivedBytes), SocketFlags.None, asked.RemoteEndPoint, patience.Token);
        byte[] answer = new byte[100];
        SocketReceiveFromResult answered = await client.ReceiveFromAsync(answer, SocketFlags.None, anybody, patience.Token);
        Assert.Equal(resolver, answered.RemoteEndPoint);
        return Encoding.UTF8.GetString(answer, 0, answered.ReceivedBytes);
    }

    private void Apply(NetworkPlan network)
    {
        _host.Dataplane.Drivers.Networks.Apply([network]);
        Assert.Contains(network.Id, _host.Dataplane.Drivers.Networks.Observe([network]));
    }
}
