using System.Net;
using System.Text.Json;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Model.Networks;

namespace Fairway.Cli.Tests.Podman;

/// <summary>What <c>fairway podman join</c> tells Podman of a network.</summary>
public sealed class PodmanJoinTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fairway-podman-").FullName;
    private readonly FakeDaemon _daemon = new();

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Join_WritesPodmansDescription_WithItsSliceAlone()
    {
        Knows(IPNetwork.Parse("10.40.0.0/18"));
        Assert.Equal($"wrote '{_folder}/shared.json': podman run --network shared joins it\n", (await JoinAsync("10.40.64.0/18")).Succeeded());
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "shared.json"), TestContext.Current.CancellationToken));
        var network = written.RootElement;
        Assert.Equal("""{"subnet":"10.40.0.0/16","gateway":"10.40.0.1","lease_range":{"start_ip":"10.40.64.0","end_ip":"10.40.127.255"}}""",
            JsonSerializer.Serialize(Assert.Single(network.GetProperty("subnets").EnumerateArray())));
        Assert.Equal("shared", network.GetProperty("labels").GetProperty("fairway.network").GetString());
        Assert.Matches("^[0-9a-f]{64}$", network.GetProperty("id").GetString());
        Assert.Equal("host-local", network.GetProperty("ipam_options").GetProperty("driver").GetString());
        Assert.True(network.GetProperty("dns_enabled").GetBoolean());
        Assert.Contains("it has a network of that name", (await JoinAsync("10.40.64.0/18")).Failed(ExitCode.AlreadyExists), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.41.0.0/18", "10.41.0.0/18 lies in no subnet of it (10.40.0.0/16, fd40::/64); choose a part of one")]
    [InlineData("10.40.32.0/19", "10.40.32.0/19 overlaps 10.40.0.0/18, from which Fairway gives addresses itself; choose another part of 10.40.0.0/16")]
    public async Task Slice_ThatIsNone_IsRefused(string range, string expected)
    {
        Knows(IPNetwork.Parse("10.40.0.0/18"));
        Assert.Contains(expected, (await JoinAsync(range)).Failed(ExitCode.Usage), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task Slice_OfASubnetFairwayGivesAllOf_IsWarnedOf()
    {
        Knows(range: null);
        var run = await JoinAsync("10.40.64.0/18");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("Fairway gives addresses of all of 10.40.0.0/16 too", run.Error, StringComparison.Ordinal);
    }

    private void Knows(IPNetwork? range) => _daemon.On("GET /v1/networks/shared", new Network(new NetworkSpec
    {
        Id = Guid.NewGuid(),
        Name = "shared",
        Subnets = [new SubnetSpec(IPNetwork.Parse("10.40.0.0/16"), IPAddress.Parse("10.40.0.1"), range), new SubnetSpec(IPNetwork.Parse("fd40::/64"), IPAddress.Parse("fd40::1"))],
    }, 3, 1500, 1));

    private Task<CommandRun> JoinAsync(string range) => CommandRun.Async(_daemon, "podman", "join", "shared", "--ip-range", range, "--network-dir", _folder);
}
