using System.Text.Json.Nodes;
using Fairway.Cni.Protocol;
using Fairway.Cni.Tests.Fixtures;

namespace Fairway.Cni.Tests.Live;

/// <summary>DEL, CHECK, GC and STATUS against a real daemon and a real kernel.</summary>
public sealed class LifeTests(CniMachine host) : IClassFixture<CniMachine>
{
    [Fact]
    public async Task Del_TakesTheInterfaceAway_AndMayBeAskedAgain()
    {
        var add = await host.CallAsync("ADD", "del");
        add.Run().Succeeds();
        var del = add with { Command = "DEL" };

        del.Run().Succeeds();

        Assert.Null(await host.EndpointAsync(add));
        Assert.DoesNotContain("eth0", (await Programs.RunAsync(Programs.Inside(add.Netns!, "ip", "link"))).Output, StringComparison.Ordinal);
        Assert.Equal("", del.Run().Succeeds().Output);
        (del with { Netns = "" }).Run().Succeeds();
        (del with { Netns = null }).Run().Succeeds();
    }

    [Fact]
    public async Task Del_AfterTheNamespaceHasGone_Succeeds()
    {
        var add = await host.CallAsync("ADD", "del");
        add.Run().Succeeds();
        (await Programs.RunAsync(["ip", "netns", "del", Path.GetFileName(add.Netns!)])).Expect();

        (add with { Command = "DEL" }).Run().Succeeds();

        Assert.Null(await host.EndpointAsync(add));
    }

    [Fact]
    public async Task Del_OfANetworkNobodyMade_Succeeds_AndMakesNone()
    {
        var before = await host.StateAsync(null);

        (await host.CallAsync("DEL", "never-was", members: "\"mtu\": 1400")).Run().Succeeds();
        (await host.CallAsync("DEL", "abc")).Run().Succeeds();

        Assert.Equal(before, await host.StateAsync(null));
    }

    [Fact]
    public async Task Check_OfWhatAddAnswered_Succeeds_AlsoWithWhatLaterPluginsAdded()
    {
        var add = await host.CallAsync("ADD", "check");
        var result = add.Run().Succeeds().Document;
        var check = add with { Command = "CHECK" };

        Assert.Equal("", check.With("prevResult", result).Run().Succeeds().Output);

        result["interfaces"]!.AsArray().Add(JsonNode.Parse("""{"name": "ifb0"}"""));
        result["ips"]!.AsArray().Add(JsonNode.Parse("""{"address": "192.0.2.1/32"}"""));
        check.With("prevResult", result).Run().Succeeds();
    }

    [Fact]
    public async Task Check_FindsWhatIsNotAsAddAnswered()
    {
        var add = await host.CallAsync("ADD", "check");
        var result = add.Run().Succeeds().Document;
        var check = add with { Command = "CHECK" };

        Assert.Contains("prevResult", check.Run().Fails(CniErrorCode.InvalidConfiguration), StringComparison.Ordinal);
        Assert.Contains("10.9.9.9", check.With("prevResult", Changed(result, "ips", "address", "10.9.9.9/24")).Run().Fails(CniErrorCode.Differs), StringComparison.Ordinal);
        Assert.Contains("02:00:00:00:00:01", check.With("prevResult", Changed(result, "interfaces", "mac", "02:00:00:00:00:01")).Run().Fails(CniErrorCode.Differs), StringComparison.Ordinal);
        Assert.Contains("eth0", check.With("prevResult", Changed(result, "interfaces", "name", "eth9")).Run().Fails(CniErrorCode.InvalidConfiguration), StringComparison.Ordinal);

        (add with { Command = "DEL" }).Run().Succeeds();
        Assert.Contains(add.ContainerId!, check.With("prevResult", result).Run().Fails(CniErrorCode.Differs), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gc_TakesExactlyWhatIsNotValid_OfItsOwnList()
    {
        var kept = await host.CallAsync("ADD", "garbage");
        var left = await host.CallAsync("ADD", "garbage");
        // Another list on the same network, and an endpoint that is nobody's container.
        var others = await host.CallAsync("ADD", "other-list", members: "\"network\": \"garbage\"");
        foreach (var call in (CniCall[])[kept, left, left with { InterfaceName = "eth1" }, others])
            call.Run().Succeeds();
        await host.Machine.DoAsync("endpoint create by-hand --network garbage");

        var gc = new CniCall("GC")
        {
            ContainerId = null,
            Netns = null,
            InterfaceName = null,
            Input = host.Configuration("garbage", members: $$"""
                "cni.dev/valid-attachments": [{"containerID": "{{kept.ContainerId}}", "ifname": "eth0"}, {"containerID": "{{left.ContainerId}}", "ifname": "eth1"}]
                """),
        };
        Assert.Equal("", gc.Run().Succeeds().Output);

        Assert.NotNull(await host.EndpointAsync(kept));
        Assert.Null(await host.EndpointAsync(left));
        Assert.NotNull(await host.EndpointAsync(left with { InterfaceName = "eth1" }));
        Assert.NotNull(await host.EndpointAsync(others));
        await host.Machine.DoAsync("endpoint show by-hand");

        gc.With("cni.dev/valid-attachments", new JsonArray()).Run().Succeeds();
        Assert.Null(await host.EndpointAsync(kept));
        Assert.NotNull(await host.EndpointAsync(others));
    }

    [Fact]
    public async Task Status_OfAHealthyDaemon_IsSilentSuccess()
    {
        var status = new CniCall("STATUS") { ContainerId = null, Netns = null, InterfaceName = null, Input = host.Configuration("status") };

        Assert.Equal("", status.Run().Succeeds().Output);

        await host.Machine.DoAsync("network create status --mtu 1400");
        Assert.Contains("1400", status.With("mtu", 1300).Run().Fails(CniErrorCode.NotAvailable), StringComparison.Ordinal);
    }

    [Fact]
    public void Version_NamesAll()
    {
        var answer = new CniCall("VERSION") { Input = """{"cniVersion": "1.0.0"}""" }.Run().Succeeds().Document;

        Assert.Equal("1.0.0", (string?)answer["cniVersion"]);
        Assert.Equal(["0.3.1", "0.4.0", "1.0.0", "1.1.0"], answer["supportedVersions"]!.AsArray().Select(version => (string?)version));
    }

    private static JsonNode Changed(JsonNode result, string list, string member, string value)
    {
        var changed = result.DeepClone();
        changed[list]![0]![member] = value;
        return changed;
    }
}
