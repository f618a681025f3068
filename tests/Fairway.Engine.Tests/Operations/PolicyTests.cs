using System.Net;
using Fairway.Engine.Operations;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Policies;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

public sealed class PolicyTests : OperationTest
{
    private static AclRule Rule(PolicyKind kind = PolicyKind.Acl, params string[] sets) => new()
    {
        Kind = kind,
        Direction = PolicyDirection.In,
        Action = PolicyAction.Allow,
        Remote = new AddressMatch { Sets = [.. sets] },
    };

    [Fact]
    public async Task Rules_AreNumbered_InForce_AndThereAfterARestart()
    {
        var endpoint = await AttachedAsync("c1");
        var made = await Networking.ChangeEndpointPoliciesAsync("c1", _ => PolicyChange.Add(Rule(), Rule() with { Action = PolicyAction.Block }), Cancellation);
        Assert.Equal([1u, 2u], made.Added.Select(rule => rule.Number));
        Assert.Equal([1u, 2u], Host.Kernel.Policies[endpoint.Spec.Id].Policies.Rules.Keys);

        await Networking.ChangeEndpointPoliciesAsync("c1", present => PolicyChange.Remove(present.Rules[1]), Cancellation);
        var later = await Networking.ChangeEndpointPoliciesAsync("c1", _ => PolicyChange.Add(Rule()), Cancellation);
        Assert.Equal(3u, Assert.Single(later.Added).Number);

        await Host.RestartAsync();
        Assert.Equal([2u, 3u], Networking.PoliciesOf(endpoint.Spec.Id).Rules.Keys);
        Assert.Equal([2u, 3u], Host.Kernel.Policies[endpoint.Spec.Id].Policies.Rules.Keys);
        Assert.Equal(4u, Assert.Single((await Networking.ChangeEndpointPoliciesAsync("c1", _ => PolicyChange.Add(Rule()), Cancellation)).Added).Number);
    }

    [Fact]
    public async Task Rules_OfADetachedEndpoint_AreInForceWhenItIsAttached_AndGoWithIt()
    {
        var endpoint = await AttachedAsync("c1");
        await Networking.ChangeEndpointPoliciesAsync("c1", _ => PolicyChange.Add(Rule()), Cancellation);
        await Networking.DetachEndpointAsync("c1", Cancellation);
        Assert.Empty(Host.Kernel.Policies);
        await Networking.AttachEndpointAsync("c1", "/proc/1/ns/net", null, Cancellation);
        Assert.Single(Host.Kernel.Policies);
        await Networking.DeleteEndpointAsync("c1", Cancellation);
        Assert.Empty(Host.Kernel.Policies);
        Assert.Empty(Networking.PoliciesOf(endpoint.Spec.Id).Rules);
    }

    [Fact]
    public async Task Sets_AreNeeded_UsedByEndpoints_AndKeptWhileUsed()
    {
        var endpoint = await AttachedAsync("c1");
        var network = Networking.GetNetwork(endpoint.Spec.NetworkId.ToString());
        var missing = await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeEndpointPoliciesAsync("c1", _ => PolicyChange.Add(Rule(PolicyKind.Acl, "office")), Cancellation));
        Assert.Equal((ErrorKind.NotFound, HcnErrorCode.PolicyNotFound), (missing.Kind, missing.HcnCode));

        await PutAsync(network.Spec.Name, "192.0.2.0/24");
        await Networking.ChangeEndpointPoliciesAsync("c1", _ => PolicyChange.Add(Rule(PolicyKind.Acl, "office")), Cancellation);
        await PutAsync(network.Spec.Name, "198.51.100.0/24");
        Assert.Equal("198.51.100.0/24", string.Join(',', Host.Kernel.Policies[endpoint.Spec.Id].Sets.PrefixesOf("office")));
        var used = await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeNetworkPoliciesAsync(network.Spec.Name, _ => new PolicyChange([], [], ["office"], []), Cancellation));
        Assert.Equal(HcnErrorCode.EntityHasReferences, used.HcnCode);
    }

    [Fact]
    public async Task Rules_TheSwitchRefuses_AreTakenBack()
    {
        var endpoint = await AttachedAsync("c1");
        await Networking.ChangeEndpointPoliciesAsync("c1", _ => PolicyChange.Add(Rule()), Cancellation);
        Host.Kernel.FailNext(FakeOperation.PolicyApply, new FairwayException(ErrorKind.Exhausted, "access rules", "too many"));
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeEndpointPoliciesAsync("c1", _ => PolicyChange.Add(Rule()), Cancellation));
        Assert.Equal(ErrorKind.Exhausted, refused.Kind);
        Assert.Equal([1u], Networking.PoliciesOf(endpoint.Spec.Id).Rules.Keys);
        Assert.Equal([1u], Host.Kernel.Policies[endpoint.Spec.Id].Policies.Rules.Keys);
    }

    /// <summary>A driver that failed in the middle may have done some of it.</summary>
    [Fact]
    public async Task FirstRules_TheSwitchHasHalfOf_LeaveNothing()
    {
        await AttachedAsync("c1");
        Host.Kernel.FailNext(FakeOperation.PolicyApply, new FairwayException(ErrorKind.Exhausted, "access rules", "too many"), afterwards: true);
        await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeEndpointPoliciesAsync("c1", _ => PolicyChange.Add(Rule()), Cancellation));
        Assert.Empty(Host.Kernel.Policies);
    }

    private IHostNetworking Networking => Host.Networking;

    private Task<Endpoint> AttachedAsync(string name) => CreateEndpointAsync(name, path: Foreign(1));

    private Task<PolicyChange> PutAsync(string network, string prefix) => Networking.ChangeNetworkPoliciesAsync(
        network, _ => new PolicyChange([], [], [], [new AddressSet { Id = "office", Prefixes = [IPNetwork.Parse(prefix)] }]), Cancellation);
}
