using System.Text.Json.Nodes;
using Fairway.Cni.Protocol;
using Fairway.Cni.Tests.Fixtures;

namespace Fairway.Cni.Tests.Binary;

/// <summary>The program as a runtime starts it.</summary>
public sealed class ProgramTests(CniMachine host) : IClassFixture<CniMachine>
{
    /// <summary>Whether this is the program that users get. The one that is compiled as it runs takes a tenth of a second to start, and promises nothing.</summary>
    private static bool IsProduct => !File.Exists(Programs.FairwayCni + ".dll");

    [Fact]
    public async Task Program_LivesThroughAContainersLife()
    {
        var add = await host.CallAsync("ADD", "life");

        var added = await RunAsync(add);
        var result = JsonNode.Parse(added.Expect())!;
        Assert.Equal("", added.Errors);
        Assert.Equal("", (await RunAsync((add with { Command = "CHECK" }).With("prevResult", result))).Expect());
        Assert.Equal(CniErrorCode.AlreadyExists, (int)JsonNode.Parse((await RunAsync(add)).Output)!["code"]!);
        Assert.Equal("", (await RunAsync(add with { Command = "DEL" })).Expect());
        Assert.Equal("", (await RunAsync(add with { Command = "DEL", Netns = "" })).Expect());
    }

    [Fact]
    public async Task Program_TellsItsVersions_WithoutInput()
    {
        Assert.Contains("1.1.0", (await RunAsync(new CniCall("VERSION"))).Expect(), StringComparison.Ordinal);
        Assert.Matches(@"^fairway-cni \d+\.\d+\.\d+\n$", (await Programs.RunAsync([Programs.FairwayCni, "--version"])).Expect());
    }

    [Fact]
    public async Task Program_StartedByHand_SaysWhatItIsFor()
    {
        var result = await Programs.RunAsync([Programs.FairwayCni]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(CniErrorCode.InvalidEnvironment, (int)JsonNode.Parse(result.Output)!["code"]!);
    }

    [Fact]
    public async Task Input_OfManyMegabytes_IsRefused()
    {
        var result = await RunAsync((await host.CallAsync("ADD", "x")) with { Input = new string(' ', 20 << 20) });

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(CniErrorCode.Undecodable, (int)JsonNode.Parse(result.Output)!["code"]!);
    }

    [Theory]
    [InlineData("ADD", CniErrorCode.TryAgainLater)]
    [InlineData("DEL", CniErrorCode.TryAgainLater)]
    [InlineData("CHECK", CniErrorCode.TryAgainLater)]
    [InlineData("GC", CniErrorCode.TryAgainLater)]
    [InlineData("STATUS", CniErrorCode.NotAvailable)]
    public async Task Daemon_ThatIsDown_IsToldAtOnce(string command, int code)
    {
        var call = (await host.CallAsync(command, "down", members: "\"cni.dev/valid-attachments\": []")).With("socket", "/run/fairway-nobody/fairway.sock");
        if (command == "CHECK")
            call = call.With("prevResult", new JsonObject());

        var result = await RunAsync(call);

        Assert.Equal(code, (int)JsonNode.Parse(result.Output)!["code"]!);
        Assert.Contains("/run/fairway-nobody/fairway.sock", (string)JsonNode.Parse(result.Output)!["msg"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyAtOnce_OnANetworkNobodyMade_AllSucceed()
    {
        var count = IsProduct ? 100 : 10;
        CniCall[] calls = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => host.CallAsync("ADD", "crowd")));

        var results = await Task.WhenAll(calls.Select(RunAsync));

        Assert.All(results, result => result.Expect());
        Assert.Equal(2 * count, results.SelectMany(result => JsonNode.Parse(result.Output)!["ips"]!.AsArray().Select(ip => (string?)ip!["address"])).Distinct().Count());
        Assert.All(await Task.WhenAll(calls.Select(call => RunAsync(call with { Command = "DEL" }))), result => result.Expect());
        Assert.DoesNotContain("crowd", await host.Machine.DoAsync("endpoint list"), StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(CniCall call) => Programs.RunAsync([Programs.FairwayCni], call.Environment, call.Input);
}
