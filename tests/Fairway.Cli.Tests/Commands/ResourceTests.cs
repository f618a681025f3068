using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Model.Errors;

namespace Fairway.Cli.Tests.Commands;

public sealed class ResourceTests
{
    [Theory]
    [InlineData("network list", "network-list")]
    [InlineData("namespace list", "namespace-list")]
    [InlineData("endpoint list", "endpoint-list")]
    [InlineData("port list", "port-list")]
    [InlineData("loadbalancer list", "loadbalancer-list")]
    [InlineData("route list", "route-list")]
    [InlineData("network show web db", "network-show")]
    [InlineData("namespace show c1 /proc/4711/ns/net", "namespace-show")]
    [InlineData("endpoint show c1 main spare", "endpoint-show")]
    [InlineData("loadbalancer show shop node", "loadbalancer-show")]
    [InlineData("route show office branch", "route-show")]
    [InlineData("version", "version")]
    public async Task WhatThereIs_IsShownForPeopleAndForPrograms(string line, string golden)
    {
        await using var daemon = Sample.Daemon();
        var table = await CommandRun.Async(daemon, line.Split(' '));
        Golden.Matches($"{golden}.txt", table.Succeeded());
        var json = await CommandRun.Async(daemon, [.. line.Split(' '), "-o", "json"]);
        Golden.Matches($"{golden}.json", json.Succeeded());
    }

    [Fact]
    public async Task Colour_DoesNotMoveColumns()
    {
        await using var daemon = Sample.Daemon();
        var plain = await CommandRun.Async(daemon, "endpoint", "list");
        var painted = await CommandRun.Async(colour: true, ["endpoint", "list", "--socket", daemon.SocketPath], TestContext.Current.CancellationToken);
        Assert.Contains("\e[31mdegraded\e[0m", painted.Out, StringComparison.Ordinal);
        Assert.Equal(plain.Out, System.Text.RegularExpressions.Regex.Replace(painted.Out, "\e\\[[0-9]+m", ""));
    }

    [Fact]
    public async Task EmptyList_IsAHeaderOrAnEmptyArray()
    {
        await using var daemon = Sample.Daemon().On<IReadOnlyList<Model.Networks.Network>>("GET /v1/networks", []);
        Assert.Equal("NAME  TYPE  SUBNETS  MTU  ENDPOINTS  ID\n", (await CommandRun.Async(daemon, "network", "list")).Succeeded());
        Assert.Contains("\"Items\": []", (await CommandRun.Async(daemon, "network", "list", "-o", "json")).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_OfSeveral_GoesOnAfterOneThatFails()
    {
        await using var daemon = Sample.Daemon()
            .Refuses("GET /v1/networks/gone", new FairwayException(ErrorKind.NotFound, "network 'gone'", "network 'gone' does not exist"), 404)
            .Refuses($"DELETE /v1/networks/{Sample.Web.Spec.Id}", new FairwayException(ErrorKind.Conflict, "network 'web'", "delete network 'web': it has endpoints"), 409)
            .On($"DELETE /v1/networks/{Sample.Db.Spec.Id}");
        var run = await CommandRun.Async(daemon, "network", "delete", "gone", "web", "db", "db");
        Assert.Equal((ExitCode.NotFound, "deleted network 'db'\n"), (run.Code, run.Out));
        Assert.Equal("fairway: network 'gone' does not exist\nfairway: delete network 'web': it has endpoints\n", run.Error);
        Assert.Single(daemon.Calls, call => call == $"DELETE /v1/networks/{Sample.Db.Spec.Id}");
    }

    [Fact]
    public async Task Delete_AnswersWhatWasDeleted()
    {
        await using var daemon = Sample.Daemon()
            .On($"DELETE /v1/endpoints/{Sample.WebC1.Spec.Id}")
            .On($"DELETE /v1/namespaces/{Sample.Sandbox.Spec.Id}");
        Assert.Equal("deleted endpoint 'c1'\n", (await CommandRun.Async(daemon, "endpoint", "delete", "c1")).Succeeded());
        Assert.Equal("deleted namespace '/proc/4711/ns/net'\n", (await CommandRun.Async(daemon, "namespace", "delete", "/proc/4711/ns/net")).Succeeded());
        var json = (await CommandRun.Async(daemon, "endpoint", "delete", "c1", "-o", "json")).Succeeded();
        Assert.Contains($"\"Id\": \"{Sample.WebC1.Spec.Id}\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_WithoutADaemon_SaysSo()
    {
        var run = await CommandRun.WithoutDaemonAsync("version", "--socket", "/run/no-such-fairway/fairway.sock");
        Assert.Equal($"fairway  {Product.Version}\nfairwayd not reachable at /run/no-such-fairway/fairway.sock\n", run.Succeeded());
    }
}
