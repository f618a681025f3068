using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Traffic;

/// <summary>Nothing that happens to the daemon costs a packet.</summary>
public sealed class TrafficTests : IAsyncLifetime
{
    private readonly Machine _machine = new();
    private readonly string _builds = Directory.CreateTempSubdirectory("fairway-builds-").FullName;

    public ValueTask InitializeAsync() => _machine.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _machine.DisposeAsync();
        Directory.Delete(_builds, recursive: true);
    }

    [Fact]
    public async Task KillRestartAndUpgrade_LoseNoPacket()
    {
        string[] builds = [await OtherBuildAsync(1), await OtherBuildAsync(2)];
        await using Crossing crossing = await Crossing.BeginAsync(_machine);
        var started = TimeProvider.System.GetTimestamp();
        int rounds = 0;
        for (; rounds < 2 || TimeProvider.System.GetElapsedTime(started) < Run.Share(20); rounds++)
        {
            await _machine.KillDaemonAsync();
            await _machine.StartDaemonAsync();
            await _machine.StopDaemonAsync();
            await _machine.StartDaemonAsync();
            await _machine.StopDaemonAsync();
            string before = Programs();
            _machine.Program = builds[rounds % 2];
            await _machine.StartDaemonAsync();
            Assert.NotEqual(before, Programs());
        }
        await crossing.CheckAsync($"{rounds} times killed, restarted and upgraded");
    }

    [Fact]
    public async Task UpgradeFromAnotherLayoutOfTheMaps_LosesNoPacket()
    {
        await using Crossing crossing = await Crossing.BeginAsync(_machine);
        await _machine.DoAsync("policy add server allow in");
        int rounds = 0;
        for (; rounds < 2; rounds++)
        {
            await _machine.StopDaemonAsync();
            await FormerRelease.RestoreAsync(_machine, Directory.CreateDirectory(Path.Combine(_builds, "former")).FullName);
            await _machine.StartDaemonAsync();
            Assert.Equal(["v1"], Directory.EnumerateDirectories($"/sys/fs/bpf/{_machine.Instance}").Select(Path.GetFileName));
            await SwitchAgreement.CheckAsync(_machine, await new Agreement(_machine).CheckAsync("after the upgrade"), "after the upgrade");
        }
        await crossing.CheckAsync($"{rounds} upgrades from another layout");
    }

    private Task<string> OtherBuildAsync(int number) => OtherBuild.MakeAsync(Directory.CreateDirectory(Path.Combine(_builds, $"{number}")).FullName, number);

    /// <summary>Tags (hashes of the instructions) of the programs on the uplink.</summary>
    private string Programs()
    {
        using NetworkNamespace host = NetworkNamespace.OpenPath(_machine.Host.Path);
        using RouteNetlink route = RouteNetlink.Open(host);
        return string.Join(' ', route.ListFilters(route.GetLink("up0").Index, TrafficDirection.Ingress).Select(filter => filter.ProgramTag));
    }
}
