using System.Net;
using Fairway.Engine.Tests.Operations;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Explain;
using Fairway.Model.Flows;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Networks;
using Fairway.Model.Policies;
using Fairway.Model.Requests;

namespace Fairway.Engine.Tests.Explain;

/// <summary>What explanations say. That they are right is compared with the switch itself, in the data plane's tests.</summary>
public sealed class ExplainTests : OperationTest
{
    [Fact]
    public async Task Neighbour_IsReached_AndTheRuleThatDecidesIsNamed()
    {
        await AttachAsync("c1", 1);
        var c2 = await AttachAsync("c2", 2);
        var open = Explain("c1", "c2", 80);
        Assert.Equal((ExplainVerdict.Allowed, DropReason.None, c2.Spec.Id), (open.Verdict, open.Reason, open.To!.Id));
        Assert.Equal(open.Packet, open.Delivered);
        Assert.Null(open.Remedy);

        await Host.Networking.ChangeEndpointPoliciesAsync("c2", _ => PolicyChange.Add(new AclRule
        {
            Kind = PolicyKind.TierAcl,
            Id = "no-web",
            Tier = "ops",
            Order = 10,
            Priority = 7,
            Direction = PolicyDirection.In,
            Action = PolicyAction.Block,
            Protocols = [6],
            LocalPorts = [new PortInterval(80, 80)],
        }), Cancellation);
        var blocked = Explain("c1", "c2", 80);
        Assert.Equal((ExplainVerdict.Dropped, DropReason.PolicyIn), (blocked.Verdict, blocked.Reason));
        Assert.Equal(new FlowRule(PolicyKind.TierAcl, "c2", "ops", "no-web", PolicyAction.Block), blocked.InRule);
        Assert.Equal("blocked by rule 'no-web' (TierAcl of 'c2', tier 'ops', priority 7)", blocked.Summary);
        Assert.Equal("fairway policy add web/c2 allow in --tier ops --order 10 --priority 6 --protocol tcp --port 80 --remote 10.1.0.2; or fairway policy remove web/c2 no-web", blocked.Remedy);
        Assert.Equal([true, true, true, false], blocked.Steps.Select(step => step.Passed));

        var closed = Explain("c1", "c2", 443);
        Assert.Equal(new FlowRule(PolicyKind.Acl, "c2", null, null, PolicyAction.Block), closed.InRule);
        Assert.Equal("fairway policy add web/c2 allow in --protocol tcp --port 443 --remote 10.1.0.2", closed.Remedy);
    }

    [Fact]
    public async Task Endpoint_ThatIsAttachedToNothing_NeitherSendsNorReceives()
    {
        await AttachAsync("c1", 1);
        await CreateEndpointAsync("idle");
        Assert.Equal(DropReason.PortClosed, Explain("idle", "c1", 80).Reason);
        Assert.Equal("fairway endpoint attach web/idle NAMESPACE", Explain("idle", "c1", 80).Remedy);
        var towards = Explain("c1", "web/idle", 80);
        Assert.Equal((DropReason.NoSuchEndpoint, "10.1.0.3 is endpoint 'idle' of network 'web', which is attached to nothing"), (towards.Reason, towards.Summary));
    }

    [Fact]
    public async Task Outside_IsReachedByTranslation_WhereTheHostHasARoute()
    {
        await AttachAsync("c1", 1);
        var out4 = Explain("c1", "9.9.9.9", 443);
        Assert.Equal(new ExplainTuple(6, IPAddress.Parse("192.0.2.1"), null, IPAddress.Parse("9.9.9.9"), 443), out4.Delivered);
        Assert.Equal(new ExplainRoute("eth0", IPAddress.Parse("192.0.2.254"), 1500), out4.Route);
        Host.Kernel.Unrouted.Add(IPNetwork.Parse("9.0.0.0/8"));
        Assert.Equal(DropReason.NoRoute, Explain("c1", "9.9.9.9", 443).Reason);
    }

    [Fact]
    public async Task OtherNetwork_IsNamed_WithTheWayThere()
    {
        await CreateNetworkAsync("blue", "10.2.0.0/24");
        await AttachAsync("c1", 1);
        await AttachAsync("db", 2, "blue");
        var explained = Explain("c1", "db", 5432);
        Assert.Equal((DropReason.Isolated, "10.2.0.2 is in network 'blue', and networks do not reach each other"), (explained.Reason, explained.Summary));
        Assert.Equal("fairway port publish blue/db 5432:5432, and call an address of the host; or attach 'c1' to network 'blue' as well", explained.Remedy);
    }

    [Fact]
    public async Task Publication_IsFollowedFromEverywhere()
    {
        await AttachAsync("c1", 1);
        var c2 = await CreateEndpointAsync("c2", path: Foreign(2), publications: Port(8080) with { From = [IPNetwork.Parse("198.51.100.0/24")] });
        var asked = new ExplainTuple(6, IPAddress.Parse("198.51.100.7"), 50000, IPAddress.Parse("192.0.2.1"), 8080);
        var outside = Explain("198.51.100.7", "192.0.2.1", 8080);
        Assert.Equal((asked, ExplainEndKind.Outside, c2.Spec.Id), (outside.Packet, outside.From.Kind, outside.To!.Id));
        Assert.Equal(asked with { Destination = c2.Addresses[0].Address, DestinationPort = 80 }, outside.Delivered);

        Assert.Equal(DropReason.SourceNotAllowed, Explain("203.0.113.9", "192.0.2.1", 8080).Reason);
        Assert.Equal(DropReason.SourceNotAllowed, Explain("c1", "192.0.2.1", 8080).Reason);
        var host = Explain("host", "127.0.0.1", 8080);
        Assert.Equal((ExplainVerdict.Allowed, new ExplainTuple(6, IPAddress.Parse("10.1.0.1"), 50000, c2.Addresses[0].Address, 80)), (host.Verdict, host.Delivered));
        Assert.Equal((ExplainVerdict.NotSwitched, ExplainEndKind.Host), (Explain("203.0.113.9", "192.0.2.1", 22).Verdict, Explain("203.0.113.9", "192.0.2.1", 22).To!.Kind));
        Assert.Equal((DropReason.Unpublished, "fairway port publish web/c2 80:80, and call an address of the host"), (Explain("203.0.113.9", "10.1.0.3", 80).Reason, Explain("203.0.113.9", "10.1.0.3", 80).Remedy));
    }

    [Fact]
    public async Task LoadBalancer_NamesItsBackends_AndWhatEachSays()
    {
        await AttachAsync("c1", 1);
        await AttachAsync("c2", 2);
        var c3 = await AttachAsync("c3", 3);
        await Host.Networking.CreateLoadBalancerAsync(new CreateLoadBalancerRequest
        {
            Name = "shop",
            Frontends = [IPAddress.Parse("203.0.113.80")],
            Ports = [new LoadBalancerPort { Port = 80, BackendPort = 8000 }],
            Backends = ["c2", "c3"],
        }, Cancellation);
        var open = Explain("c1", "shop", 80);
        Assert.Equal((ExplainVerdict.Allowed, "one of 2 backends gets it", null), (open.Verdict, open.Summary, open.To));
        Assert.Equal(["c2", "c3"], open.Backends.Select(backend => backend.End.Name!).Order());
        Assert.All(open.Backends, backend => Assert.Equal((ushort?)8000, backend.Delivered.DestinationPort));

        await Host.Networking.ChangeEndpointPoliciesAsync("c3", _ => PolicyChange.Add(new AclRule { Kind = PolicyKind.Acl, Direction = PolicyDirection.In, Action = PolicyAction.Block }), Cancellation);
        var half = Explain("c1", "shop", 80);
        Assert.Equal((ExplainVerdict.Varies, DropReason.PolicyIn), (half.Verdict, half.Backends.Single(backend => backend.End.Id == c3.Spec.Id).Reason));
        Assert.Equal(DropReason.NoBackend, await EmptiedAsync());

        async Task<DropReason> EmptiedAsync()
        {
            await Host.Networking.ChangeBackendsAsync("shop", [], ["c2", "c3"], Cancellation);
            return Explain("c1", "shop", 80).Reason;
        }
    }

    [Fact]
    public async Task Names_AreThoseTheResolverKnows_AndQuestionsGoToIt()
    {
        await AttachAsync("c1", 1);
        await Host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "c2", Network = "web", NetnsPath = Foreign(2), Aliases = ["db"] }, Cancellation);
        foreach (var name in new[] { "c2", "c2.web", "DB", "db.web", "web/c2" })
            Assert.Equal("c2", Explain("c1", name, 80).To!.Name);
        Assert.Equal((ExplainEndKind.Resolver, "web"), (Explain("c1", "9.9.9.9", 53, ExplainProtocol.Udp).To!.Kind, Explain("c1", "9.9.9.9", 53, ExplainProtocol.Udp).To!.Network));
        Assert.Equal(IPAddress.Parse("10.1.0.1"), Explain("c1", "host", 22).Packet.Destination);
        Assert.Equal(ExplainEndKind.Host, Explain("c1", "host", 22).To!.Kind);
        Assert.Equal(IPAddress.Parse("fd00:1::3"), Explain(new ExplainRequest { Source = "c1", Destination = "c2", Protocol = ExplainProtocol.Icmp, Version = 6 }).Delivered!.Destination);
    }

    [Fact]
    public async Task EveryGateway_OfANetwork_IsTheHost_AndItsPort53TheResolver()
    {
        await CreateNetworkAsync(new NetworkSpec { Name = "inner", Type = NetworkType.Internal, Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.0.0/24")), new SubnetSpec(IPNetwork.Parse("10.9.1.0/24"))] });
        await AttachAsync("c1", 1, "inner");
        foreach (var gateway in (string[])["10.9.0.1", "10.9.1.1"])
        {
            Assert.Equal((ExplainVerdict.Allowed, ExplainEndKind.Host), (Explain("c1", gateway, 80).Verdict, Explain("c1", gateway, 80).To!.Kind));
            Assert.Equal(ExplainEndKind.Resolver, Explain("c1", gateway, 53, ExplainProtocol.Udp).To!.Kind);
        }
        Assert.Equal(DropReason.Isolated, Explain("c1", "10.1.0.1", 80).Reason);
    }

    [Fact]
    public async Task Translation_OfTheNetwork_IsNamed_WhereTheEndpointHasNoneOfItsOwn()
    {
        await CreateNetworkAsync(new NetworkSpec { Name = "masked", Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.0.0/24"))], OutboundNat = [new OutboundNat { VirtualAddress = IPAddress.Parse("192.0.2.77") }] });
        await AttachAsync("c1", 1, "masked");
        var leaving = Explain("c1", "9.9.9.9", 443);
        Assert.Equal(IPAddress.Parse("192.0.2.77"), leaving.Delivered!.Source);
        Assert.Contains(leaving.Steps, step => step.Text.Contains("as network 'masked' has it (OutBoundNAT)", StringComparison.Ordinal));
        await Host.Networking.ChangeEndpointAsync("c1", spec => spec with { OutboundNat = [new OutboundNat { VirtualAddress = IPAddress.Parse("192.0.2.78") }] }, Cancellation);
        Assert.Contains(Explain("c1", "9.9.9.9", 443).Steps, step => step.Text.Contains("as 'c1' has it (OutBoundNAT)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OverlayEndpoints_TravelInATunnel_BothWays()
    {
        await CreateNetworkAsync(new NetworkSpec
        {
            Name = "pods",
            Type = NetworkType.Overlay,
            Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.0.0/24")) { VirtualSubnet = 5000 }],
            Overlay = new OverlaySpec { RemoteSubnets = [new RemoteSubnet(IPNetwork.Parse("10.9.2.0/24"), 5001, IPAddress.Parse("192.0.2.2"), new MacAddress(0x02_00_00_00_00_02))] },
        });
        var pod = await AttachAsync("pod", 1, "pods");
        var far = await Host.Networking.CreateEndpointAsync(new CreateEndpointRequest
        {
            Name = "far",
            Network = "pods",
            Addresses = [IPAddress.Parse("10.9.0.77")],
            MacAddress = new MacAddress(0x02_00_00_00_00_77),
            ProviderAddress = IPAddress.Parse("192.0.2.7"),
        }, Cancellation);

        var subnet = Explain("pod", "10.9.2.5", 80);
        Assert.Equal((ExplainVerdict.Allowed, 5001u, IPAddress.Parse("192.0.2.2")), (subnet.Verdict, subnet.Encapsulation!.VirtualSubnet, subnet.Encapsulation.ProviderAddress));
        Assert.Equal(new ExplainEncapsulation(5000, IPAddress.Parse("192.0.2.7"), null, 4789, new MacAddress(0x02_00_00_00_00_77)), Explain("pod", "far", 80).Encapsulation);
        Assert.Equal((ExplainEndKind.RemoteEndpoint, far.Spec.Id), (Explain("pod", "far", 80).To!.Kind, Explain("pod", "far", 80).To!.Id));
        Assert.Equal(pod.Spec.Id, Explain("far", "pod", 80).To!.Id);
        Assert.Equal(pod.Spec.Id, Explain("10.9.2.5", "pod", 80).To!.Id);
        Assert.Equal(DropReason.NoSuchEndpoint, Explain("far", "10.9.0.99", 80).Reason);

        await Host.Networking.CreateLoadBalancerAsync(new CreateLoadBalancerRequest
        {
            Name = "pets",
            Frontends = [IPAddress.Parse("203.0.113.80")],
            Ports = [new LoadBalancerPort { Port = 80, BackendPort = 8000 }],
            Backends = ["far"],
        }, Cancellation);
        var led = Explain("pod", "pets", 80);
        Assert.Equal((ExplainVerdict.Allowed, far.Spec.Id, (ushort?)8000), (led.Verdict, led.To!.Id, led.Delivered!.DestinationPort));
        Assert.Equal(IPAddress.Parse("192.0.2.7"), led.Encapsulation!.ProviderAddress);
        await Host.Networking.ChangeBackendsAsync("pets", ["pod"], [], Cancellation);
        Assert.Equal(["far", "pod"], Explain("pod", "pets", 80).Backends.Select(backend => backend.End.Name!).Order());
        await AttachAsync("c1", 9);
        Assert.Equal((DropReason.Isolated, DropReason.Isolated), (Explain("c1", "pets", 80).Reason, Explain("203.0.113.9", "203.0.113.80", 80).Reason));
        Assert.Equal(DropReason.Isolated, Explain("pod", "9.9.9.9", 80).Reason);
    }

    [Fact]
    public async Task Lan_IsReachedByTheUplink_AndItsHostsReachEndpoints()
    {
        await CreateNetworkAsync(new NetworkSpec { Name = "lan", Type = NetworkType.L2Bridge, Uplink = "eth0", Subnets = [new SubnetSpec(IPNetwork.Parse("192.0.2.0/24"), IPAddress.Parse("192.0.2.254"))] });
        var station = await AttachAsync("station", 1, "lan");
        var neighbour = Explain("station", "192.0.2.99", 80);
        Assert.Equal((ExplainEndKind.Outside, new ExplainRoute("eth0", null, 1500)), (neighbour.To!.Kind, neighbour.Route));
        Assert.Equal(IPAddress.Parse("192.0.2.254"), Explain("station", "9.9.9.9", 80).Route!.NextHop);
        Assert.Equal(ExplainEndKind.Host, Explain("station", "192.0.2.1", 80).To!.Kind);
        Assert.Equal(station.Spec.Id, Explain("192.0.2.99", "station", 80).To!.Id);
        Assert.Equal(station.Spec.Id, Explain("host", "station", 80).To!.Id);
    }

    [Theory]
    [InlineData("nobody", "c1", 80, ErrorKind.NotFound, "endpoint 'nobody' does not exist; list the endpoints for their names and ids")]
    [InlineData("c1", "nobody", 80, ErrorKind.NotFound, "'nobody' is no endpoint, load balancer or address that is known here; give the address it resolves to")]
    [InlineData("c1", "c1", 0, ErrorKind.InvalidArgument, "explain 'c1': port 0 is nobody's; give one from 1 to 65535")]
    [InlineData("224.0.0.1", "c1", 80, ErrorKind.InvalidArgument, "nobody outside sends from 224.0.0.1; give the address of a host")]
    [InlineData("192.0.2.9", "fd00:1::2", 80, ErrorKind.InvalidArgument, "explain '192.0.2.9' to 'fd00:1::2': they have no address of the same IP version; 192.0.2.9 has 192.0.2.9, fd00:1::2 has fd00:1::2")]
    public async Task WrongQuestion_IsRefusedWithItsCause(string source, string destination, int port, ErrorKind kind, string message)
    {
        await AttachAsync("c1", 1);
        var refused = Assert.Throws<FairwayException>(() => Explain(source, destination, (ushort)port));
        Assert.Equal((kind, message), (refused.Kind, refused.Message));
    }

    [Fact]
    public async Task PacketThatStaysInItsNamespace_IsNotTheSwitchs()
    {
        await AttachAsync("c1", 1);
        Assert.Equal(ExplainVerdict.NotSwitched, Explain("c1", "127.0.0.1", 80).Verdict);
        Assert.Equal(ExplainVerdict.NotSwitched, Explain("c1", "c1", 80).Verdict);
        Assert.Equal(ExplainVerdict.NotSwitched, Explain("host", "9.9.9.9", 80).Verdict);
    }

    private Task<Endpoint> AttachAsync(string name, int process, string network = "web") => CreateEndpointAsync(name, network, Foreign(process));

    private Explanation Explain(string source, string destination, ushort port, ExplainProtocol protocol = ExplainProtocol.Tcp) =>
        Explain(new ExplainRequest { Source = source, Destination = destination, Port = port, Protocol = protocol });

    private Explanation Explain(ExplainRequest request) => Host.Networking.Explain(request);
}
