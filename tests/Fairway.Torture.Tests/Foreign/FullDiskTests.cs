using System.Net.Sockets;
using Fairway.Model.Errors;
using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Foreign;

/// <summary>A disk without room: changes are refused with the reason, nothing is half done, traffic goes on, and with room again so do changes.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly Machine _machine = new();

    public ValueTask InitializeAsync() => _machine.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(_machine.StateDirectory))
        {
            if (_machine.IsRunning)
                await _machine.StopDaemonAsync();
            await Programs.RunAsync(["umount", _machine.StateDirectory]);
        }
        await _machine.DisposeAsync();
    }

    [Fact]
    public async Task FullDisk_RefusesChanges_AndTouchesNothingElse()
    {
        await _machine.StopDaemonAsync();
        string kept = Directory.CreateTempSubdirectory("fairway-state-").FullName;
        (await Programs.RunAsync(["sh", "-ec", $"cp -a {_machine.StateDirectory}/. {kept}; mount -t tmpfs -o size=3m none {_machine.StateDirectory}; cp -a {kept}/. {_machine.StateDirectory}; rm -r {kept}"])).Expect();
        await _machine.StartDaemonAsync();
        await _machine.DoAsync("network create web");
        Place client = await _machine.AddAsync("client", "web");
        (await _machine.AddAsync("server", "web", "--publish 8080:80")).ServeEcho(80);
        using Socket between = await client.ConnectAsync(await _machine.AddressAsync("server", 4), 80);
        (await Programs.RunAsync(["ip", "netns", "add", $"{_machine.Instance}.guest"])).Expect();

        string ballast = Path.Combine(_machine.StateDirectory, "ballast");
        await Programs.RunAsync(["sh", "-c", $"dd if=/dev/zero of={ballast} bs=4k 2>/dev/null; true"]);
        // The log has its length from the start: a few changes still find room in it, the checkpoint does not.
        int done = 0;
        FairwayException? refused = null;
        for (; refused is null; done++)
        {
            Assert.True(done < 500, "500 changes on a full disk, and none refused");
            refused = await CreateAsync($"n{done}");
        }
        Assert.Equal(ErrorKind.Unavailable, refused.Kind);
        Assert.Contains("make room", refused.Message, StringComparison.Ordinal);
        await Echo.CheckAsync(between);
        var endpoints = await new Agreement(_machine).CheckAsync("on a full disk");
        await SwitchAgreement.CheckAsync(_machine, endpoints, "on a full disk");

        // A daemon that starts on a full disk serves what is there.
        await _machine.KillDaemonAsync();
        await _machine.StartDaemonAsync();
        await Echo.CheckAsync(between);
        Assert.Equal(2, (await new Agreement(_machine).CheckAsync("started on a full disk")).Count);

        File.Delete(ballast);
        await _machine.DoAsync("network create late");
        await new Agreement(_machine).CheckAsync("with room again");
        Run.Tell($"full disk: {done - 1} changes still found room, then they are refused; the rest goes on");
    }

    private async Task<FairwayException?> CreateAsync(string name)
    {
        try
        {
            await _machine.Client.CreateNetworkAsync(new() { Name = name }, TestContext.Current.CancellationToken);
            return null;
        }
        catch (FairwayException refused)
        {
            return refused;
        }
    }
}
