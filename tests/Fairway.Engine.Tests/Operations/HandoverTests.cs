using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Policies;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

/// <summary>Endpoints an engine puts into their namespace itself.</summary>
public sealed class HandoverTests : OperationTest
{
    [Fact]
    public async Task Create_MakesThePair_WithoutANamespace()
    {
        var endpoint = await CreateAsync();
        Assert.Equal(EndpointState.Attached, endpoint.State);
        Assert.Equal($"fwi{endpoint.Spec.Id.ToString("N")[..12]}", Host.Kernel.Endpoints[endpoint.Spec.Id].HandoverLink);
        await Host.Networking.DeleteEndpointAsync(endpoint.Spec.Id.ToString(), Cancellation);
        Assert.Empty(Host.Kernel.Endpoints);
    }

    [Fact]
    public async Task Publications_AreOpened_AndClosedWithIt()
    {
        var endpoint = await CreateAsync();
        await Host.Networking.PublishAsync(endpoint.Spec.Id.ToString(), [Port(8080)], Cancellation);
        Assert.Equal(2, Host.Kernel.Publications.Count);
        await Host.Networking.DeleteEndpointAsync(endpoint.Spec.Id.ToString(), Cancellation);
        Assert.Empty(Host.Kernel.Publications);
    }

    [Fact]
    public async Task Rules_AreInForce_WhileItIsThere()
    {
        var endpoint = await CreateAsync();
        var rule = new AclRule { Kind = PolicyKind.Acl, Direction = PolicyDirection.In, Action = PolicyAction.Block };
        await Host.Networking.ChangeEndpointPoliciesAsync(endpoint.Spec.Id.ToString(), _ => PolicyChange.Add([rule]), Cancellation);
        Assert.Single(Host.Kernel.Policies);
        await Host.Networking.DeleteEndpointAsync(endpoint.Spec.Id.ToString(), Cancellation);
        Assert.Empty(Host.Kernel.Policies);
    }

    [Fact]
    public async Task Describe_LeavesTheKernelAlone()
    {
        var endpoint = await CreateAsync();
        var calls = Host.Kernel.Calls.Count(IsChange);
        var owner = new Owner("docker", "c0ffee", "db", "postgres");
        var described = await Host.Networking.DescribeEndpointAsync(endpoint.Spec.Id.ToString(), new EndpointDescription { Name = "db", Aliases = ["database"], Owner = owner }, Cancellation);
        Assert.Equal(("db", owner), (described.Spec.Name, described.Spec.Owner));
        Assert.Equal(["database"], described.Spec.Aliases);
        Assert.Equal(calls, Host.Kernel.Calls.Count(IsChange));
        Assert.Equal(endpoint.Spec.Id, Host.Networking.GetEndpoint("web/db").Spec.Id);
    }

    [Fact]
    public async Task Describe_WithATakenName_MakesItAnAlias()
    {
        await CreateEndpointAsync("db");
        var endpoint = await CreateAsync();
        var described = await Host.Networking.DescribeEndpointAsync(endpoint.Spec.Id.ToString(), new EndpointDescription { Name = "db", Owner = new Owner("docker", "c0ffee") }, Cancellation);
        Assert.Equal(endpoint.Spec.Name, described.Spec.Name);
        Assert.Equal(["db"], described.Spec.Aliases);
    }

    [Fact]
    public async Task Attach_ByHand_IsRefused()
    {
        var endpoint = await CreateAsync();
        Host.Kernel.AddNamespace("/proc/1/ns/net");
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.AttachEndpointAsync(endpoint.Spec.Id.ToString(), "/proc/1/ns/net", null, Cancellation));
        Assert.Equal(ErrorKind.Conflict, refused.Kind);
    }

    [Fact]
    public async Task Restart_KeepsIt_ARebootFreesIt()
    {
        var endpoint = await CreateAsync();
        await Host.RestartAsync();
        Assert.Contains(endpoint.Spec.Id, Host.Kernel.Endpoints.Keys);
        await Host.StopAsync();
        Host.Kernel.Reboot();
        await Host.StartAsync();
        Assert.Empty(Host.Networking.Endpoints);
    }

    private Task<Endpoint> CreateAsync() =>
        Host.Networking.CreateEndpointAsync(new EndpointSpec { NetworkId = Host.Networking.GetNetwork("web").Spec.Id, HandedOver = true }, Cancellation);

    private static bool IsChange(FakeOperation operation) => operation is FakeOperation.EndpointApply or FakeOperation.EndpointRemove;
}
