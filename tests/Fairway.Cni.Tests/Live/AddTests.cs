using System.Text.Json.Nodes;
using Fairway.Cni.Protocol;
using Fairway.Cni.Tests.Fixtures;
using Fairway.Model.Networks;

namespace Fairway.Cni.Tests.Live;

/// <summary>ADD against a real daemon and a real kernel.</summary>
public sealed class AddTests(CniMachine host) : IClassFixture<CniMachine>
{
    [Fact]
    public async Task Add_ToANetworkNobodyMade_MakesIt_AndAnswersWhatTheContainerHas()
    {
        var call = await host.CallAsync("ADD", "fresh");

        var result = call.Run().Succeeds().Document;

        Assert.Equal(NetworkType.Nat, (await host.Machine.Client.GetNetworkAsync("fresh", TestContext.Current.CancellationToken)).Spec.Type);
        var link = (await CniMachine.InsideAsync(call, "addr", "show", "eth0"))[0]!;
        var told = result["interfaces"]![0]!;
        Assert.Equal(("eth0", call.Netns), ((string?)told["name"], (string?)told["sandbox"]));
        Assert.Equal((string?)link["address"], (string?)told["mac"]);
        Assert.Equal((int?)link["mtu"], (int?)told["mtu"]);
        Assert.Equal(link["addr_info"]!.AsArray().Select(a => $"{a!["local"]}/{a["prefixlen"]}"), result["ips"]!.AsArray().Select(ip => (string?)ip!["address"]));
        Assert.All(result["ips"]!.AsArray(), ip => Assert.Equal(0, (int)ip!["interface"]!));
        var way = (await CniMachine.InsideAsync(call, "route", "show", "default"))[0]!;
        Assert.Equal(("0.0.0.0/0", (string?)way["gateway"]), ((string?)result["routes"]![0]!["dst"], (string?)result["routes"]![0]!["gw"]));
        Assert.Equal((string?)way["gateway"], (string?)result["dns"]!["nameservers"]![0]);
    }

    [Fact]
    public async Task Add_ToAnExistingNetwork_JoinsIt_AndContainersReachEachOther()
    {
        await host.Machine.DoAsync("network create shared --subnet 10.60.0.0/24");
        var one = await host.CallAsync("ADD", "list", members: "\"network\": \"shared\"");
        var other = await host.CallAsync("ADD", "list", members: "\"network\": \"shared\"");

        Assert.Equal(["10.60.0.2/24"], one.Run().Succeeds().Addresses);
        Assert.Equal(["10.60.0.3/24"], other.Run().Succeeds().Addresses);

        using var place = new Place(one.Netns!);
        Assert.True(await place.PingAsync("10.60.0.3"));
    }

    [Fact]
    public async Task Add_WithTheConfigurationsOwnKeys_MakesTheNetworkSo()
    {
        var call = await host.CallAsync("ADD", "own", members: """
            "networkType": "internal", "mtu": 1400, "subnets": [{"subnet": "10.61.0.0/16", "gateway": "10.61.0.9", "rangeStart": "10.61.4.0", "rangeEnd": "10.61.7.255"}]
            """);

        var result = call.Run().Succeeds();

        var network = await host.Machine.Client.GetNetworkAsync("own", TestContext.Current.CancellationToken);
        Assert.Equal((NetworkType.Internal, 1400, "10.61.0.9"), (network.Spec.Type, network.Mtu, network.Spec.Subnets[0].Gateway!.ToString()));
        Assert.Equal(["10.61.4.0/16"], result.Addresses);
        Assert.Empty(result.Document["routes"]!.AsArray());
    }

    [Fact]
    public async Task Add_WithEveryCapability_GivesAll()
    {
        var call = await host.CallAsync("ADD", "rich", members: """
            "subnets": [{"subnet": "10.62.0.0/24"}], "publishFrom": ["192.0.2.0/24"],
            "runtimeConfig": {
              "portMappings": [{"hostPort": 8062, "containerPort": 80, "protocol": "tcp"}, {"hostPort": 8063, "containerPort": 81, "protocol": "tcp"}],
              "ips": ["10.62.0.77/24"], "mac": "02:15:5d:0a:0b:0c", "aliases": ["db"], "dns": {"searches": ["shop.example"]}
            }
            """) with
        { Arguments = "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID=x" };

        var result = call.Run().Succeeds();

        Assert.Equal(["10.62.0.77/24"], result.Addresses);
        Assert.Equal("02:15:5d:0a:0b:0c", (string?)result.Document["interfaces"]![0]!["mac"]);
        Assert.Equal("shop.example", (string?)result.Document["dns"]!["search"]![0]);
        var endpoint = (await host.EndpointAsync(call))!;
        Assert.Equal([(8062, 80, 2)], endpoint.Spec.Publications.Select(p => ((int)p.HostPort, (int)p.ContainerPort, p.Count)));
        Assert.Equal("192.0.2.0/24", Assert.Single(endpoint.Spec.Publications[0].From).ToString());
        Assert.Equal(["db"], endpoint.Spec.Aliases);
        Assert.Equal("web-0", endpoint.Spec.Name);
        Assert.Matches(@"web-0 .*\bcni shop/web-0\b", await host.Machine.DoAsync("endpoint list"));
    }

    [Fact]
    public async Task Add_WithRangesOfTheRuntime_MakesTheNetworkFromThem()
    {
        var call = await host.CallAsync("ADD", "ranges", members: """
            "runtimeConfig": {"ipRanges": [[{"subnet": "10.63.4.0/24"}], [{"subnet": "fd00:63::/64"}]]}
            """);

        Assert.Equal(["10.63.4.2/24", "fd00:63::2/64"], call.Run().Succeeds().Addresses);
    }

    [Theory]
    [InlineData("0.3.1", true, false)]
    [InlineData("0.4.0", true, false)]
    [InlineData("1.0.0", false, false)]
    [InlineData("1.1.0", false, true)]
    public async Task Add_AnswersInTheVersionThatWasAsked(string version, bool addressesHaveVersions, bool interfacesHaveMtu)
    {
        var result = (await host.CallAsync("ADD", "versions", version)).Run().Succeeds().Document;

        Assert.Equal(version, (string?)result["cniVersion"]);
        Assert.Equal(addressesHaveVersions ? "4" : null, (string?)result["ips"]![0]!["version"]);
        Assert.Equal(addressesHaveVersions ? "6" : null, (string?)result["ips"]![1]!["version"]);
        Assert.Equal(interfacesHaveMtu, result["interfaces"]![0]!["mtu"] is not null);
    }

    [Theory]
    [InlineData("0.3.1")]
    [InlineData("1.1.0")]
    public async Task Add_BehindAnotherPlugin_PassesItsResultOn(string version)
    {
        var before = JsonNode.Parse($$$"""
            {"cniVersion": "{{{version}}}", "interfaces": [{"name": "lo", "mac": "00:00:00:00:00:00", "sandbox": "/x", "socketPath": "/y"}],
             "ips": [{"address": "127.0.0.1/8", "interface": 0}], "routes": [{"dst": "192.0.2.0/24"}], "dns": {"nameservers": ["192.0.2.53"]}, "others": {"kept": true}}
            """)!;
        var call = (await host.CallAsync("ADD", "chained", version)).With("prevResult", before);

        var result = call.Run().Succeeds().Document;

        Assert.True(JsonNode.DeepEquals(before["interfaces"]![0], result["interfaces"]![0]));
        Assert.Equal("eth0", (string?)result["interfaces"]![1]!["name"]);
        Assert.Equal([0, 1, 1], result["ips"]!.AsArray().Select(ip => (int)ip!["interface"]!));
        Assert.Equal(3, result["routes"]!.AsArray().Count);
        Assert.Equal("192.0.2.53", (string?)result["dns"]!["nameservers"]![0]);
        Assert.True((bool)result["others"]!["kept"]!);
    }

    [Fact]
    public async Task Add_Twice_IsRefused_AndTheFirstStays()
    {
        var call = await host.CallAsync("ADD", "twice");
        call.Run().Succeeds();
        var before = await host.StateAsync(call.Netns);

        Assert.Contains("already", call.Run().Fails(CniErrorCode.AlreadyExists), StringComparison.Ordinal);

        Assert.Equal(before, await host.StateAsync(call.Netns));
    }

    [Fact]
    public async Task Add_OfAUsedInterfaceName_IsRefused_AndItsDelTakesNothingOfOthers()
    {
        var first = await host.CallAsync("ADD", "used");
        first.Run().Succeeds();
        var second = first with { Input = host.Configuration("used-too") };
        await host.Machine.DoAsync("network create used-too");
        var before = await host.StateAsync(first.Netns);

        Assert.Contains("eth0", second.Run().Fails(CniErrorCode.Conflict), StringComparison.Ordinal);
        (second with { Command = "DEL" }).Run().Succeeds();

        Assert.Equal(before, await host.StateAsync(first.Netns));
    }

    [Fact]
    public async Task Add_ThatFails_LeavesNoNetworkItMade()
    {
        var call = await host.CallAsync("ADD", "stillborn", members: "\"subnets\": [{\"subnet\": \"10.64.0.0/24\"}], \"runtimeConfig\": {\"ips\": [\"10.65.0.9\"]}");
        var before = await host.StateAsync(call.Netns);

        Assert.Contains("10.65.0.9", call.Run().Fails(CniErrorCode.InvalidConfiguration), StringComparison.Ordinal);

        Assert.Equal(before, await host.StateAsync(call.Netns));
    }

    [Fact]
    public async Task Add_OfANetworkWhoseNameBeginsAnotherOnesId_MakesItsOwn()
    {
        var id = (await host.Machine.Client.CreateNetworkAsync(new NetworkSpec { Name = "victim" }, TestContext.Current.CancellationToken)).Spec.Id;
        var name = id.ToString("N")[..6];

        (await host.CallAsync("ADD", name)).Run().Succeeds();

        Assert.NotEqual(id, (await host.Machine.Client.ListNetworksAsync(TestContext.Current.CancellationToken)).Single(network => network.Spec.Name == name).Spec.Id);
    }

    [Fact]
    public async Task Add_OfAHostPort_LetsTheLanIn_UntilDel()
    {
        var call = await host.CallAsync("ADD", "ports", members: "\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 8070, \"containerPort\": 80, \"protocol\": \"tcp\"}]}");
        call.Run().Succeeds();
        using var place = new Place(call.Netns!).ServeTcp(80);

        Assert.Equal(Machine.LanAddress4, (await host.Machine.Lan.CallTcpAsync(Machine.HostAddress4, 8070)).SeenAs.ToString());

        (call with { Command = "DEL" }).Run().Succeeds();
        Assert.False(await host.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8070));
        Assert.DoesNotContain(await host.Machine.Client.ListPublicationsAsync(TestContext.Current.CancellationToken), port => port.Publication.HostPort == 8070);
    }
}
