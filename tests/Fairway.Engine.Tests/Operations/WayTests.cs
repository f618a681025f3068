using System.Net;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

/// <summary>How endpoints' packets leave: what is planned, and changes of it.</summary>
public sealed class WayTests : OperationTest
{
    private static readonly SwitchRoute s_route = new(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("192.0.2.1"));

    private IHostNetworking Networking => Host.Networking;

    [Fact]
    public async Task TranslationAndRoutes_BecomeOneList_OfBothFamilies()
    {
        var endpoint = await CreateAsync(NetworkType.Nat, spec => spec with
        {
            OutboundNat = [new OutboundNat { VirtualAddress = IPAddress.Parse("192.0.2.9"), Exceptions = [IPNetwork.Parse("203.0.0.0/8")], MaxPortPoolUsage = 5 }],
            SwitchRoutes = [s_route],
        });
        Assert.Equal(
            ["0.0.0.0/0 Translated 192.0.2.9 ", "203.0.0.0/8 Untranslated  ", "203.0.113.0/24 Untranslated  192.0.2.1", "::/0 Translated  "],
            Text(Host.Kernel.Ways[endpoint.Spec.Id]));
        Assert.Equal(5, Host.Kernel.Ways[endpoint.Spec.Id].PortPoolUsage);
    }

    [Theory]
    [InlineData(NetworkType.Nat, "0.0.0.0/0 Untranslated  ", "198.51.100.0/24 Translated  ", "::/0 Translated  ")]
    [InlineData(NetworkType.Overlay, "0.0.0.0/0 Inside  ", "198.51.100.0/24 Translated  ", "::/0 Inside  ")]
    [InlineData(NetworkType.L2Bridge, "0.0.0.0/0 Inside  ", "10.9.1.0/24 Inside  ", "198.51.100.0/24 Translated  ", "::/0 Inside  ")]
    public async Task Destinations_AloneAreTranslated_AndTheRestIsAsTheKindHasIt(NetworkType type, params string[] expected)
    {
        var endpoint = await CreateAsync(type, spec => spec with { OutboundNat = [new OutboundNat { Destinations = [IPNetwork.Parse("198.51.100.0/24")] }] });
        Assert.Equal(expected, Text(Host.Kernel.Ways[endpoint.Spec.Id]));
    }

    [Fact]
    public async Task Change_IsStored_Told_AndThereAfterARestart()
    {
        var endpoint = await CreateAsync(NetworkType.Nat);
        Assert.Empty(Host.Kernel.Ways);
        var revision = Networking.Revision;
        await Networking.ChangeEndpointAsync("c1", spec => spec with { SwitchRoutes = [s_route], Name = "other" }, Cancellation);
        await foreach (var change in Networking.WatchAsync(revision, Cancellation))
        {
            Assert.Equal((ChangeKind.Modified, endpoint.Spec.Id), (change.Kind, change.Id));
            break;
        }
        await Host.RestartAsync();
        Assert.Equal([s_route], Networking.GetEndpoint("c1").Spec.SwitchRoutes);
        Assert.Contains("203.0.113.0/24 Translated  192.0.2.1", Text(Host.Kernel.Ways[endpoint.Spec.Id]));
        await Networking.ChangeEndpointAsync("c1", spec => spec with { SwitchRoutes = [] }, Cancellation);
        Assert.Empty(Host.Kernel.Ways);
    }

    [Fact]
    public async Task Change_TheHostRefuses_IsTakenBack()
    {
        await CreateAsync(NetworkType.Nat);
        Host.Kernel.FailNext(FakeOperation.WayApply, new InvalidOperationException("no room"));
        await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeEndpointAsync("c1", spec => spec with { SwitchRoutes = [s_route] }, Cancellation));
        Assert.Empty(Networking.GetEndpoint("c1").Spec.SwitchRoutes);
        Assert.Empty(Host.Kernel.Ways);
    }

    [Fact]
    public async Task Endpoint_ThatIsDeleted_LeavesNoWays()
    {
        await CreateAsync(NetworkType.Nat, spec => spec with { SwitchRoutes = [s_route] });
        await Networking.DeleteEndpointAsync("c1", Cancellation);
        Assert.Empty(Host.Kernel.Ways);
    }

    [Fact]
    public async Task Settings_TheNetworkDoesNotHave_AreRefused()
    {
        var created = await Assert.ThrowsAsync<FairwayException>(() => CreateAsync(NetworkType.Internal, spec => spec with { OutboundNat = [new OutboundNat()] }));
        Assert.Equal((HcnErrorCode.InvalidPolicy, "$.OutboundNat[0]"), (created.HcnCode, created.Findings[0].Path));
        await Networking.CreateEndpointAsync(new EndpointSpec { Name = "c1", NetworkId = Networking.GetNetwork("net").Spec.Id }, Cancellation);
        var changed = await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeEndpointAsync("c1", spec => spec with { SwitchRoutes = [s_route] }, Cancellation));
        Assert.Equal((HcnErrorCode.InvalidPolicy, "$.SwitchRoutes[0]"), (changed.HcnCode, changed.Findings[0].Path));
    }

    /// <summary>A limit is changed where the interface is; nothing is taken away for it.</summary>
    [Fact]
    public async Task Bandwidth_ChangesInPlace()
    {
        await CreateAsync(NetworkType.Nat);
        int removed = Host.Kernel.Calls.Count(call => call == FakeOperation.EndpointRemove);
        await Networking.ChangeEndpointAsync("c1", spec => spec with { Bandwidth = new BandwidthLimits { OutgoingRate = 1_000_000 } }, Cancellation);
        Assert.Equal(removed, Host.Kernel.Calls.Count(call => call == FakeOperation.EndpointRemove));
        Assert.Equal(1_000_000, Host.Kernel.Endpoints.Values.Single().Bandwidth!.OutgoingRate);
    }

    private static string[] Text(WayPlan plan) => [.. plan.Ways.Select(way => $"{way.Prefix} {way.Leaving} {way.Source} {way.NextHop}")];

    private async Task<Endpoint> CreateAsync(NetworkType type, Func<EndpointSpec, EndpointSpec>? change = null)
    {
        var network = await Networking.CreateNetworkAsync(new NetworkSpec
        {
            Name = "net",
            Type = type,
            Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.1.0/24")) { VirtualSubnet = type == NetworkType.Overlay ? 5000u : null, Gateway = IPAddress.Parse("10.9.1.1") }],
        }, Cancellation);
        var spec = new EndpointSpec { Name = "c1", NetworkId = network.Spec.Id };
        var created = await Networking.CreateEndpointAsync(change?.Invoke(spec) ?? spec, Cancellation);
        return await Networking.AttachEndpointAsync(created.Spec.Id.ToString(), Host.Kernel.AddNamespace("/proc/7/ns/net"), null, Cancellation);
    }
}
