using System.Net;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Requests;

namespace Fairway.Engine.Tests.Operations;

/// <summary>Networks behind a device of the host.</summary>
public sealed class UplinkTests : OperationTest
{
    private static NetworkSpec Lan(string name, NetworkType type = NetworkType.Transparent) => new()
    {
        Name = name,
        Type = type,
        Subnets = [new SubnetSpec(IPNetwork.Parse("192.0.2.0/24"), IPAddress.Parse("192.0.2.254")), new SubnetSpec(IPNetwork.Parse("203.0.113.0/24"))],
    };

    [Fact]
    public async Task Uplink_NotNamed_IsTheOneOfTheDefaultRoute_WithItsMtu()
    {
        Network network = await CreateNetworkAsync(Lan("lan"));
        Assert.Equal(("eth0", 1500), (network.Spec.Uplink, network.Mtu));
        Assert.Equal(1400, (await CreateNetworkAsync(Lan("other") with { Uplink = "eth1" })).Mtu);
        await Host.RestartAsync();
        Assert.Equal("eth0", Host.Networking.GetNetwork("lan").Spec.Uplink);
    }

    [Fact]
    public async Task Uplink_ByItsIndex_IsThatDevice_AndStoredByItsName()
    {
        Network network = await CreateNetworkAsync(Lan("lan") with { UplinkIndex = 2 });
        Assert.Equal(("eth1", null, 1400), (network.Spec.Uplink, network.Spec.UplinkIndex, network.Mtu));
        foreach (var (spec, code, words) in ((NetworkSpec, uint, string)[])
        [
            (Lan("none") with { UplinkIndex = 99 }, HcnErrorCode.AdapterNotFound, "this host has no device with index 99"),
            (Lan("none") with { UplinkIndex = 1, Uplink = "eth1" }, HcnErrorCode.AdapterNotFound, "device 1 is 'eth0' and not 'eth1'; leave one of both out"),
        ])
        {
            var refused = await Assert.ThrowsAsync<FairwayException>(() => CreateNetworkAsync(spec));
            Assert.Equal((code, "$.UplinkIndex", true), (refused.HcnCode, refused.Findings[0].Path, refused.Message.Contains(words, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Addresses_OfTheHostAndTheRouter_AreNotGivenOut()
    {
        // The host's route to 192.0.2.0/24 is no obstacle: its LAN is the network.
        await CreateNetworkAsync(Lan("lan"));
        Assert.Equal("192.0.2.2", (await CreateEndpointAsync("a", "lan")).Addresses[0].Address.ToString());
        foreach (string taken in (string[])["192.0.2.1", "192.0.2.254"])
        {
            var refused = await Assert.ThrowsAsync<FairwayException>(() =>
                Host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Network = "lan", Addresses = [IPAddress.Parse(taken)] }, Cancellation));
            Assert.Equal(HcnErrorCode.AddressInvalidOrReserved, refused.HcnCode);
        }
    }

    [Fact]
    public async Task Gateway_OfTheLan_IsTheEndpointsWayOut_AndAskedForItsMac()
    {
        await CreateNetworkAsync(Lan("lan"));
        await CreateEndpointAsync("a", "lan", Foreign(7));
        var plan = Assert.Single(Host.Kernel.Endpoints.Values);
        Assert.Equal(["192.0.2.254"], plan.Gateways.Select(gateway => gateway.ToString()));
        Assert.Null(plan.GatewayMac);
        Assert.Empty(Host.Kernel.Networks[Host.Networking.GetNetwork("lan").Spec.Id].Gateways);
    }

    [Fact]
    public async Task Tunnel_SendsEverythingToTheGateways()
    {
        NetworkSpec spec = Lan("lan", NetworkType.L2Tunnel);
        spec = spec with { Subnets = [spec.Subnets[0], spec.Subnets[1] with { Gateway = IPAddress.Parse("203.0.113.1") }] };
        Network network = await CreateNetworkAsync(spec);
        await CreateEndpointAsync("a", "lan", Foreign(7));
        Assert.NotNull(Assert.Single(Host.Kernel.Endpoints.Values).GatewayMac);
        Assert.Equal(["192.0.2.254"], Host.Kernel.Networks[network.Spec.Id].NextHops.Select(hop => hop.Address.ToString()));
    }

    [Fact]
    public async Task Uplink_OfAnotherNetwork_IsRefused_UnlessByAnotherVlan()
    {
        await CreateNetworkAsync(Lan("lan"));
        await CreateNetworkAsync(Lan("tagged", NetworkType.L2Bridge) with { Vlan = 5 });
        var refused = await Assert.ThrowsAsync<FairwayException>(() => CreateNetworkAsync(Lan("again")));
        Assert.Equal(ErrorKind.Conflict, refused.Kind);
        Assert.Contains("uplink 'eth0' without VLAN is network 'lan' already", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<FairwayException>(() => CreateNetworkAsync(Lan("again") with { Vlan = 5 }));
        Assert.Contains("uplink 'eth0' VLAN 5 is network 'tagged' already", refused.Message, StringComparison.Ordinal);
        await Host.Networking.DeleteNetworkAsync("tagged", Cancellation);
        Assert.Equal(5, (await CreateNetworkAsync(Lan("again") with { Vlan = 5 })).Spec.Vlan);
    }

    [Fact]
    public async Task Host_WithoutADefaultRoute_WantsTheUplinkNamed()
    {
        Host.Kernel.Uplinks.Clear();
        var refused = await Assert.ThrowsAsync<FairwayException>(() => CreateNetworkAsync(Lan("lan")));
        Assert.Equal(HcnErrorCode.AdapterNotFound, refused.HcnCode);
        Assert.Contains("the network names no uplink and this host has no default route", refused.Message, StringComparison.Ordinal);
    }
}
