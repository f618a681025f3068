using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Policies;
using Fairway.Model.Requests;

namespace Fairway.Engine.Tests.Operations;

/// <summary>Endpoints that are NICs of virtual machines.</summary>
public sealed class VirtualNicTests : OperationTest
{
    [Fact]
    public async Task Create_MakesTheTap_NamedAfterTheEndpoint_OrAsAsked()
    {
        var endpoint = await CreateAsync("vm1");
        var named = await CreateAsync("vm2", "tap-vm2", new VirtualNic { User = 107, MultiQueue = true });
        Assert.Equal((EndpointState.Attached, $"fw{endpoint.Spec.Id.ToString("N")[..12]}"), (endpoint.State, endpoint.Spec.InterfaceName));
        Assert.Equal((endpoint.Spec.InterfaceName, new VirtualNic()), Tap(endpoint));
        Assert.Equal(("tap-vm2", new VirtualNic { User = 107, MultiQueue = true }), Tap(named));
        await Host.Networking.DeleteEndpointAsync("vm1", Cancellation);
        await Host.Networking.DeleteEndpointAsync("vm2", Cancellation);
        Assert.Empty(Host.Kernel.Endpoints);
    }

    [Fact]
    public async Task TakenName_IsRefused_AndNothingStays()
    {
        await CreateAsync("vm1", "tap-vm1");
        var refused = await Assert.ThrowsAsync<FairwayException>(() => CreateAsync("vm2", "tap-vm1"));
        Assert.Equal("tap 'tap-vm1' is that of endpoint 'web/vm1'; choose another name, or none", refused.Message);
        Host.Kernel.ForeignLinks.Add("eth0.7");
        Assert.Equal(ErrorKind.Conflict, (await Assert.ThrowsAsync<FairwayException>(() => CreateAsync("vm2", "eth0.7"))).Kind);
        Assert.Equal(["vm1"], Host.Networking.Endpoints.Select(endpoint => endpoint.Spec.Name));
    }

    [Fact]
    public async Task PublicationsAndRules_AreInForce_WhileItIsThere()
    {
        await CreateAsync("vm1");
        await Host.Networking.PublishAsync("vm1", [Port(8080)], Cancellation);
        await Host.Networking.ChangeEndpointPoliciesAsync("vm1", _ => PolicyChange.Add([new AclRule { Kind = PolicyKind.Acl, Direction = PolicyDirection.In, Action = PolicyAction.Block }]), Cancellation);
        Assert.Equal(2, Host.Kernel.Publications.Count);
        Assert.Single(Host.Kernel.Policies);
        await Host.Networking.DeleteEndpointAsync("vm1", Cancellation);
        Assert.Empty(Host.Kernel.Publications);
        Assert.Empty(Host.Kernel.Policies);
    }

    [Fact]
    public async Task AttachAndDetach_AreRefused_InWords()
    {
        var tap = (await CreateAsync("vm1", "tap-vm1")).Spec.InterfaceName;
        var attach = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.AttachEndpointAsync("vm1", Foreign(1), null, Cancellation));
        Assert.Equal($"attach endpoint 'vm1': it is the NIC of a virtual machine, behind tap '{tap}', and in no namespace; attach another endpoint", attach.Message);
        var detach = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.DetachEndpointAsync("vm1", Cancellation));
        Assert.Equal($"detach endpoint 'vm1': it is the NIC of a virtual machine, behind tap '{tap}', and in no namespace; shut the machine down, or delete the endpoint", detach.Message);
        Assert.Equal((ErrorKind.Conflict, ErrorKind.Conflict), (attach.Kind, detach.Kind));
    }

    [Fact]
    public async Task RestartAndReboot_KeepIt()
    {
        var endpoint = await CreateAsync("vm1");
        await Host.RestartAsync();
        Assert.Contains(endpoint.Spec.Id, Host.Kernel.Endpoints.Keys);
        await Host.StopAsync();
        Host.Kernel.Reboot();
        await Host.StartAsync();
        Assert.Contains(endpoint.Spec.Id, Host.Kernel.Endpoints.Keys);
        Assert.Equal(EndpointState.Attached, Host.Networking.GetEndpoint("vm1").State);
    }

    [Fact]
    public async Task TapThatCannotBeMadeAgain_IsDegraded_AndHeals()
    {
        await CreateAsync("vm1", "tap-vm1");
        await Host.StopAsync();
        Host.Kernel.Reboot();
        Host.Kernel.ForeignLinks.Add("tap-vm1");
        await Host.StartAsync();
        Assert.Equal(EndpointState.Degraded, Host.Networking.GetEndpoint("vm1").State);
        Host.Kernel.ForeignLinks.Remove("tap-vm1");
        await Host.RestartAsync();
        Assert.Equal(EndpointState.Attached, Host.Networking.GetEndpoint("vm1").State);
    }

    private Task<Endpoint> CreateAsync(string name, string? tap = null, VirtualNic? nic = null) =>
        Host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = name, Network = "web", VirtualNic = nic ?? new VirtualNic(), InterfaceName = tap }, Cancellation);

    private (string, VirtualNic?) Tap(Endpoint endpoint) => (Host.Kernel.Endpoints[endpoint.Spec.Id].HostLink, Host.Kernel.Endpoints[endpoint.Spec.Id].VirtualNic);
}
