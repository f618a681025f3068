using System.Net;
using Fairway.Model.Ports;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

public sealed class PublicationTests : OperationTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateEndpointAsync("a", path: Foreign(1));
    }

    [Fact]
    public async Task Publish_OnEveryAddress_IsOnePlanForEachFamily()
    {
        await PublishAsync(Port(8080, 80) with { Count = 10 });
        Assert.Equal(
            ["0.0.0.0 8080x10 -> 10.1.0.2 80", ":: 8080x10 -> fd00:1::2 80"],
            Host.Kernel.Publications.Values.OrderBy(plan => plan.Number).Select(plan => $"{plan.HostAddress} {plan.HostPort}x{plan.Count} -> {plan.Target} {plan.TargetPort}"));
    }

    [Fact]
    public async Task Publish_OnOneAddress_IsOnePlan()
    {
        await PublishAsync(Port(8080) with { HostAddress = IPAddress.IPv6Loopback });
        var plan = Assert.Single(Host.Kernel.Publications.Values);
        Assert.Equal((IPAddress.IPv6Loopback, IPAddress.Parse("fd00:1::2")), (plan.HostAddress, plan.Target));
    }

    [Fact]
    public async Task SamePort_OnDifferentAddressesProtocolsAndFamilies_IsNoConflict()
    {
        await PublishAsync(
            Port(8080) with { HostAddress = IPAddress.Loopback },
            Port(8080) with { HostAddress = IPAddress.Parse("192.0.2.1") },
            Port(8080) with { HostAddress = IPAddress.IPv6Any },
            Port(8080) with { Protocol = TransportProtocol.Udp });
        Assert.Equal(5, Host.Kernel.Publications.Count);
    }

    [Fact]
    public async Task PublishFrom_OneFamily_AdmitsNobodyOfTheOther()
    {
        await PublishAsync(Port(8080) with { From = [IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24")] });
        var plans = Host.Kernel.Publications.Values.OrderBy(plan => plan.Number).ToList();
        Assert.Equal([IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24")], plans[0].From);
        Assert.Equal([IPNetwork.Parse("::/128")], plans[1].From);
    }

    [Fact]
    public async Task Publish_OfPortZero_ChoosesFreeOnes()
    {
        Host.Kernel.HoldPort(TransportProtocol.Tcp, IPAddress.Any, 20000, "'x' (pid 1)");
        await PublishAsync(Port(20001));
        var chosen = await PublishAsync(Port(0, 80), Port(0, 81));
        Assert.Equal([20002, 20003], chosen.Select(publication => (int)publication.HostPort));
        Assert.Equal([20001, 20002, 20003], Host.Networking.GetEndpoint("a").Spec.Publications.Select(publication => (int)publication.HostPort));
    }

    [Fact]
    public async Task Unpublish_TakesOnlyThose()
    {
        await PublishAsync(Port(8080), Port(8081), Port(8082));
        await Host.Networking.UnpublishAsync("a", [Port(8081, 0), Port(8081, 0)], Cancellation);
        Assert.Equal([8080, 8080, 8082, 8082], Host.Kernel.Publications.Values.Select(plan => (int)plan.HostPort).Order());
        await Host.RestartAsync();
        Assert.Equal([8080, 8082], Host.Networking.GetEndpoint("a").Spec.Publications.Select(publication => (int)publication.HostPort));
        await PublishAsync(Port(8081));
    }

    [Fact]
    public async Task Publish_WhenKernelRefuses_LeavesTheOthers()
    {
        await PublishAsync(Port(8080));
        var before = Host.Kernel.Dump();
        Host.Kernel.FailNext(FakeOperation.PublicationApply, new InvalidOperationException("the table is full"), afterwards: true);
        await Assert.ThrowsAsync<Model.Errors.FairwayException>(() => PublishAsync(Port(8081)));
        Assert.Equal(before, Host.Kernel.Dump());
        Assert.Single(Host.Networking.GetEndpoint("a").Spec.Publications);
    }

    [Fact]
    public async Task Publish_OneMore_TouchesOnlyThatOne()
    {
        await PublishAsync([.. Enumerable.Range(10000, 500).Select(port => Port(port))]);
        var calls = Host.Kernel.Calls.Count;
        await PublishAsync(Port(9999));
        Assert.Equal([FakeOperation.PublicationApply], Host.Kernel.Calls.Skip(calls).Where(call => call is not (FakeOperation.UplinkSynchronize or FakeOperation.NetworkObserve or FakeOperation.EndpointObserve)));
    }

    [Fact]
    public async Task Publish_IsOneChange()
    {
        var revision = Host.Networking.Revision;
        await PublishAsync(Port(8080));
        Assert.Equal(["Modified Endpoint a"], await ChangesAsync(revision));
    }

    private Task<IReadOnlyList<PortPublication>> PublishAsync(params PortPublication[] publications) => Host.Networking.PublishAsync("a", publications, Cancellation);
}
