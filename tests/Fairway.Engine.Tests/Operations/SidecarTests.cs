using System.Net;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Explain;
using Fairway.Model.Networks;
using Fairway.Model.Policies;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

/// <summary>Proxies beside endpoints' processes: what is planned, changes of it, and who may have one.</summary>
public sealed class SidecarTests : OperationTest
{
    private static readonly Sidecar s_both = new() { OutboundPort = 15001, InboundPort = 15006, User = 1337 };

    private IHostNetworking Networking => Host.Networking;

    [Fact]
    public async Task FilterAndExceptions_BecomeOneListOfPrefixes_AndOneOfPortsEachWay()
    {
        var endpoint = await AttachAsync("c1", "/proc/7/ns/net", s_both with
        {
            RemotePrefixes = [IPNetwork.Parse("10.0.0.0/8")],
            InboundExceptions = new SidecarExceptions { Prefixes = [IPNetwork.Parse("10.3.0.0/16")], Ports = [new PortInterval(22, 22)] },
            OutboundExceptions = new SidecarExceptions { Prefixes = [IPNetwork.Parse("10.2.0.0/16"), IPNetwork.Parse("0.0.0.0/1")], Ports = [new PortInterval(53, 53), new PortInterval(80, 65535)] },
        });
        SidecarPlan plan = Host.Kernel.Sidecars[endpoint.Spec.Id];
        Assert.Equal((15001, 15006, 1337u, endpoint.Port), (plan.OutboundPort, plan.InboundPort, plan.User!.Value, plan.Port));
        Assert.Equal(Host.Kernel.CookieOf("/proc/7/ns/net"), plan.NetnsCookie);
        // The endpoint's own address is none of its business, and what is in no filter neither.
        Assert.Equal(["0.0.0.0/0", "0.0.0.0/1", "10.0.0.0/8 in", "10.2.0.0/16 in", "10.3.0.0/16", "10.9.1.2/32 in", "::/0"], Text(plan));
        Assert.Equal("0-52,54-79", string.Join(',', plan.OutboundPorts));
        Assert.Equal("0-21,23-65535", string.Join(',', plan.InboundPorts));
        Assert.True(Host.Kernel.Endpoints.Values.Single().CallersMeetSidecar);
    }

    [Fact]
    public async Task Change_HappensInPlace_IsStored_AndTakenBackWhenTheHostRefuses()
    {
        var endpoint = await AttachAsync("c1", "/proc/7/ns/net", null);
        var removed = Host.Kernel.Calls.Count(call => call == FakeOperation.EndpointRemove);
        await Networking.ChangeEndpointAsync("c1", spec => spec with { Sidecar = s_both }, Cancellation);
        Assert.Equal(["0.0.0.0/0 out in", "10.9.1.2/32 in", "::/0 out in"], Text(Host.Kernel.Sidecars[endpoint.Spec.Id]));
        await Host.RestartAsync();
        Assert.Equal(s_both, Networking.GetEndpoint("c1").Spec.Sidecar);
        Assert.NotEmpty(Host.Kernel.Sidecars);
        Host.Kernel.FailNext(FakeOperation.SidecarApply, new InvalidOperationException("no cgroup2"));
        await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeEndpointAsync("c1", spec => spec with { Sidecar = s_both with { OutboundPort = null } }, Cancellation));
        Assert.Equal(s_both, Networking.GetEndpoint("c1").Spec.Sidecar);
        Assert.Equal(15001, Host.Kernel.Sidecars[endpoint.Spec.Id].OutboundPort);

        await Networking.ChangeEndpointAsync("c1", spec => spec with { Sidecar = null }, Cancellation);
        Assert.Empty(Host.Kernel.Sidecars);
        Assert.False(Host.Kernel.Endpoints.Values.Single().CallersMeetSidecar);
        Assert.Equal(removed, Host.Kernel.Calls.Count(call => call == FakeOperation.EndpointRemove));
    }

    [Fact]
    public async Task ProxyElsewhere_GetsWhatIsCalled_ButNotByWayOfItself()
    {
        var endpoint = await AttachAsync("c1", "/proc/7/ns/net", new Sidecar { InboundPort = 15006 });
        await AttachAsync("c2", "/proc/8/ns/net", null);
        await Networking.ChangeEndpointAsync("c1", spec => spec with
        {
            Proxy = new ConnectionProxy(IPAddress.Parse("10.9.1.9"), null) { Prefixes = [IPNetwork.Parse("10.0.0.0/8")], Ports = [new PortInterval(80, 81)], Exceptions = [IPNetwork.Parse("10.9.1.3/32")] },
        }, Cancellation);
        SidecarPlan plan = Host.Kernel.Sidecars[endpoint.Spec.Id];
        Assert.Equal(("10.9.1.9", 0, 15006), (plan.OutboundAddress!.ToString(), plan.OutboundPort, plan.InboundPort));
        Assert.Equal(["0.0.0.0/0 in", "10.0.0.0/8 out in", "10.9.1.2/32 in", "10.9.1.3/32 in", "10.9.1.9/32 in", "::/0 in"], Text(plan));
        Assert.Equal(("80-81", "0-65535"), (string.Join(',', plan.OutboundPorts), string.Join(',', plan.InboundPorts)));

        Assert.Contains("are led to the proxy at 10.9.1.9:81 (L4Proxy)", Assert.Single(Explain("c1", "10.20.0.1", 81).Steps, step => step.Layer == ExplainLayer.Sidecar).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Explain("c1", "10.20.0.1", 82).Steps, step => step.Layer == ExplainLayer.Sidecar);
        Assert.Equal("endpoint 'c2' gets it", Explain("c1", "c2", 80).Summary);
        Assert.Equal(HcnErrorCode.PolicyAlreadyExists, (await Assert.ThrowsAsync<FairwayException>(() => AttachAsync("c5", "/proc/7/ns/net", s_both, "eth1"))).HcnCode);
    }

    [Fact]
    public async Task Namespace_HasOneSidecar_HoweverTheSecondComes()
    {
        await AttachAsync("c1", "/proc/7/ns/net", s_both);
        var attached = await Assert.ThrowsAsync<FairwayException>(() => AttachAsync("c2", "/proc/7/ns/net", s_both, "eth1"));
        Assert.Equal(("$.Sidecar", HcnErrorCode.PolicyAlreadyExists), (attached.Findings[0].Path, attached.HcnCode));
        Assert.Contains("has a proxy by endpoint 'net/c1' already", attached.Message, StringComparison.Ordinal);
        await AttachAsync("c3", "/proc/7/ns/net", null, "eth1");
        Assert.Equal(HcnErrorCode.PolicyAlreadyExists, (await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeEndpointAsync("c3", spec => spec with { Sidecar = s_both }, Cancellation))).HcnCode);
        // Its own is no other, and one in another namespace neither.
        await Networking.ChangeEndpointAsync("c1", spec => spec with { Sidecar = s_both with { User = 7 } }, Cancellation);
        await AttachAsync("c4", "/proc/8/ns/net", s_both);
        Assert.Equal(2, Host.Kernel.Sidecars.Count);
    }

    [Fact]
    public async Task Endpoint_ThatIsDetached_LeavesNoSidecar()
    {
        await AttachAsync("c1", "/proc/7/ns/net", s_both);
        await Networking.DetachEndpointAsync("c1", Cancellation);
        Assert.Empty(Host.Kernel.Sidecars);
    }

    [Fact]
    public async Task Explanation_NamesTheSidecar_BothWays()
    {
        await AttachAsync("c1", "/proc/7/ns/net", s_both with { InboundExceptions = new SidecarExceptions { Ports = [new PortInterval(22, 22)] } });
        await AttachAsync("c2", "/proc/8/ns/net", null);
        var called = Explain("c2", "c1", 80);
        Assert.Equal("the sidecar of endpoint 'c1' gets it, which listens on port 15006", called.Summary);
        Assert.Contains(called.Steps, step => step.Layer == ExplainLayer.Sidecar);
        Assert.Equal("endpoint 'c1' gets it", Explain("c2", "c1", 22).Summary);
        Assert.Equal("endpoint 'c1' gets it", Explain("c2", "c1", 80, ExplainProtocol.Udp).Summary);
        var calling = Assert.Single(Explain("c1", "c2", 80).Steps, step => step.Layer == ExplainLayer.Sidecar);
        Assert.Contains("but user 1337's, are led to the sidecar on port 15001", calling.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Explain("c2", "10.9.1.1", 80).Steps, step => step.Layer == ExplainLayer.Sidecar);
    }

    private Explanation Explain(string source, string destination, ushort port, ExplainProtocol protocol = ExplainProtocol.Tcp) =>
        Networking.Explain(new ExplainRequest { Source = source, Destination = destination, Port = port, Protocol = protocol });

    private static string[] Text(SidecarPlan plan) => [.. plan.Prefixes.Select(prefix => $"{prefix.Prefix}{(prefix.Outbound ? " out" : "")}{(prefix.Inbound ? " in" : "")}")];

    private async Task<Endpoint> AttachAsync(string name, string path, Sidecar? sidecar, string interfaceName = "eth0")
    {
        var network = Networking.Networks.FirstOrDefault(known => known.Spec.Name == "net") ?? await Networking.CreateNetworkAsync(new NetworkSpec
        {
            Name = "net",
            Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.1.0/24")) { Gateway = IPAddress.Parse("10.9.1.1") }],
        }, Cancellation);
        var created = await Networking.CreateEndpointAsync(new EndpointSpec { Name = name, NetworkId = network.Spec.Id, Sidecar = sidecar }, Cancellation);
        if (Host.Kernel.CookieOf(path) is null)
            Host.Kernel.AddNamespace(path);
        return await Networking.AttachEndpointAsync(created.Spec.Id.ToString(), path, interfaceName, Cancellation);
    }
}
