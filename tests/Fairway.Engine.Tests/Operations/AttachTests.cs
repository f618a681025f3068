using System.Net;
using Fairway.Model.Attach;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Testing;

namespace Fairway.Engine.Tests.Operations;

public sealed class AttachTests : IAsyncLifetime
{
    private TestEngine _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await TestEngine.StartAsync();
        await _host.Networking.CreateNetworkAsync(new NetworkSpec { Name = "web", Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/24")), new SubnetSpec(IPNetwork.Parse("fd00:1::/64"))] }, Cancellation);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Attach_ToNetworkAndPath_PutsInterfaceIntoNamespace()
    {
        _host.Kernel.AddNamespace("/proc/7/ns/net");
        var result = await _host.Networking.AttachAsync(Request("/proc/7/ns/net", "a") with
        {
            Publish = [new PortPublication { HostPort = 8080, ContainerPort = 80 }],
        }, Cancellation);

        Assert.Equal([new EndpointAddress(IPAddress.Parse("10.1.0.2"), 24), new EndpointAddress(IPAddress.Parse("fd00:1::2"), 64)], result.Addresses);
        Assert.Equal([IPAddress.Parse("10.1.0.1"), IPAddress.Parse("fd00:1::1")], result.Gateways);
        Assert.Equal(["10.1.0.1", "fd00:1::1"], result.Dns.Servers);
        Assert.Equal(1500, result.Mtu);
        Assert.Equal(["eth0"], _host.Kernel.InterfacesIn("/proc/7/ns/net"));
        Assert.Equal([8080, 8080], _host.Kernel.Publications.Values.Select(plan => (int)plan.HostPort));
        Assert.Equal(_host.Networking.Revision, result.Revision);
    }

    [Fact]
    public async Task Attach_Again_ReturnsTheSameEndpoint()
    {
        _host.Kernel.AddNamespace("/proc/7/ns/net");
        var request = Request("/proc/7/ns/net", "a") with { Publish = [new PortPublication { HostPort = 0, ContainerPort = 80 }] };
        var first = await _host.Networking.AttachAsync(request, Cancellation);
        var revision = _host.Networking.Revision;
        var second = await _host.Networking.AttachAsync(request, Cancellation);

        Assert.Equivalent(first, second, strict: true);
        Assert.Equal(revision, _host.Networking.Revision);
        Assert.Single(_host.Kernel.Endpoints);
    }

    [Fact]
    public async Task Attach_WithoutAName_TakesTheWorkloads_WhereThatIsPossible()
    {
        for (var i = 1; i <= 3; i++)
            _host.Kernel.AddNamespace($"/proc/{i}/ns/net");
        async Task<string> NameOfAsync(int i, string workload) =>
            (await _host.Networking.AttachAsync(Request($"/proc/{i}/ns/net", "x") with { Owner = new Owner("test", $"id{i}", workload) }, Cancellation)).EndpointName;
        Assert.Equal("db", await NameOfAsync(1, "db"));
        Assert.StartsWith("ep-", await NameOfAsync(2, "DB"), StringComparison.Ordinal);
        Assert.StartsWith("ep-", await NameOfAsync(3, "a/b"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attach_WhenTheHostCannotBeAsked_SaysSo()
    {
        _host.Kernel.AddNamespace("/proc/7/ns/net");
        _host.Kernel.FailNext(Testing.Kernel.FakeOperation.NamespaceIdentify, new InvalidOperationException("too many open files"));
        var refused = await Assert.ThrowsAsync<FairwayException>(() => _host.Networking.AttachAsync(Request("/proc/7/ns/net", "a"), Cancellation));
        Assert.Equal((ErrorKind.Internal, "look for the namespace: too many open files"), (refused.Kind, refused.Message));
    }

    [Fact]
    public async Task Attach_OfWorkloadWhoseNamespaceIsGone_MovesEndpointWithItsAddresses()
    {
        _host.Kernel.AddNamespace("/proc/7/ns/net");
        var first = await _host.Networking.AttachAsync(Request("/proc/7/ns/net", "a"), Cancellation);
        _host.Kernel.EndNamespace("/proc/7/ns/net");
        _host.Kernel.AddNamespace("/proc/8/ns/net");
        var second = await _host.Networking.AttachAsync(Request("/proc/8/ns/net", "a"), Cancellation);

        Assert.Equal(first.Addresses, second.Addresses);
        Assert.Equal(["eth0"], _host.Kernel.InterfacesIn("/proc/8/ns/net"));
        Assert.Equal("/proc/8/ns/net", Assert.Single(_host.Networking.Namespaces).Spec.Path);
    }

    [Fact]
    public async Task Attach_OfWorkloadStillAttachedElsewhere_IsRefused()
    {
        _host.Kernel.AddNamespace("/proc/7/ns/net");
        _host.Kernel.AddNamespace("/proc/8/ns/net");
        await _host.Networking.AttachAsync(Request("/proc/7/ns/net", "a"), Cancellation);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => _host.Networking.AttachAsync(Request("/proc/8/ns/net", "a"), Cancellation));
        Assert.Equal(ErrorKind.Conflict, refused.Kind);
        Assert.Contains("'eth0' of namespace '/proc/7/ns/net'; detach it first", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attach_WhenKernelRefuses_LeavesNothing()
    {
        _host.Kernel.AddNamespace("/proc/7/ns/net");
        var before = _host.Kernel.Dump();
        _host.Kernel.FailNext(Testing.Kernel.FakeOperation.EndpointApply, new InvalidOperationException("no memory"), afterwards: true);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => _host.Networking.AttachAsync(Request("/proc/7/ns/net", "a"), Cancellation));

        Assert.Contains("no memory", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, _host.Kernel.Dump());
        Assert.Empty(_host.Networking.Endpoints);
        Assert.Empty(_host.Networking.Namespaces);
    }

    [Fact]
    public async Task Detach_FreesNameAndPort_AndAbsenceIsSuccess()
    {
        _host.Kernel.AddNamespace("/proc/7/ns/net");
        var before = _host.Kernel.Dump();
        await _host.Networking.AttachAsync(Request("/proc/7/ns/net", "a") with { Publish = [new PortPublication { HostPort = 8080, ContainerPort = 80 }] }, Cancellation);
        await _host.Networking.DetachAsync(new DetachRequest(new Owner("test", "a")), Cancellation);
        Assert.Equal(before, _host.Kernel.Dump());
        Assert.Empty(_host.Networking.Endpoints);
        Assert.Empty(_host.Networking.Namespaces);
        await _host.Networking.DetachAsync(new DetachRequest(new Owner("test", "a")), Cancellation);
    }

    [Fact]
    public async Task Attach_Again_IsRefused_WhereTheProtocolKnowsNoRepetition()
    {
        _host.Kernel.AddNamespace("/proc/7/ns/net");
        var request = Request("/proc/7/ns/net", "a") with { FailIfAttached = true };
        await _host.Networking.AttachAsync(request, Cancellation);
        var revision = _host.Networking.Revision;

        var refusal = await Assert.ThrowsAsync<FairwayException>(() => _host.Networking.AttachAsync(request, Cancellation));

        Assert.Equal(ErrorKind.AlreadyExists, refusal.Kind);
        Assert.Contains("'web/", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(revision, _host.Networking.Revision);
    }

    [Fact]
    public async Task Attach_WithNameService_AnswersItsOwnOverTheNetworks()
    {
        _host.Kernel.AddNamespace("/proc/7/ns/net");

        var result = await _host.Networking.AttachAsync(Request("/proc/7/ns/net", "a") with { Dns = new DnsSettings(Search: ["shop.example"]) }, Cancellation);

        Assert.Equal(["shop.example"], result.Dns.Search);
        Assert.Equal(["10.1.0.1", "fd00:1::1"], result.Dns.Servers);
    }

    [Fact]
    public async Task Detach_FromOneNetwork_LeavesTheOthers()
    {
        await _host.Networking.CreateNetworkAsync(new NetworkSpec { Name = "db" }, Cancellation);
        _host.Kernel.AddNamespace("/proc/7/ns/net");
        var owner = new Owner("test", "a");
        await _host.Networking.AttachAsync(Request("/proc/7/ns/net", "a"), Cancellation);

        foreach (var other in (string[])["db", "nowhere", "0"])
            await _host.Networking.DetachAsync(new DetachRequest(owner, "eth0", other), Cancellation);
        Assert.Single(_host.Kernel.Endpoints);

        await _host.Networking.DetachAsync(new DetachRequest(owner, "eth0", "web"), Cancellation);
        Assert.Empty(_host.Kernel.Endpoints);
    }

    private static AttachRequest Request(string path, string workload) => new() { Network = "web", NetnsPath = path, Owner = new Owner("test", workload) };
}
