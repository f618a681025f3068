using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Torture.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Fairway.Torture.Tests.PowerLoss;

/// <summary>After a reboot nothing of the kernel is left, and the boot has another id: wanted networks and namespaces come back, what belonged to the dead does not.</summary>
public sealed class RebootTests : IAsyncLifetime
{
    private readonly Machine _machine = new();

    public ValueTask InitializeAsync() => _machine.InitializeAsync();

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task Reboot_BringsBackWhatIsWanted_AndLetsTheDeadGo()
    {
        await _machine.DoAsync("network create web");
        await _machine.AddAsync("kept", "web", "--publish 8080:80");
        string guest = $"{_machine.Instance}.guest", address = await _machine.AddressAsync("kept", 4);
        (await Programs.RunAsync(["ip", "netns", "add", guest])).Expect();
        await _machine.Client.AttachAsync(new AttachRequest { Network = "web", Endpoint = "guest", NetnsPath = $"/run/netns/{guest}", Owner = new Owner("torture", "guest"), Publish = [new() { HostPort = 8081, ContainerPort = 80 }] }, TestContext.Current.CancellationToken);

        await _machine.KillDaemonAsync();
        await RebootAsync(guest);
        await _machine.StartDaemonAsync();

        IReadOnlyList<Endpoint> endpoints = await new Agreement(_machine).CheckAsync("after a reboot");
        await SwitchAgreement.CheckAsync(_machine, endpoints, "after a reboot");
        Assert.Equal("kept", Assert.Single(endpoints).Spec.Name);
        Assert.Equal(address, await _machine.AddressAsync("kept", 4));
        // Another namespace, at the path of the one that was.
        using var kept = new Place((await _machine.Client.GetNamespaceAsync("kept", TestContext.Current.CancellationToken)).Spec.Path!);
        kept.ServeTcp(80);
        Assert.True(await _machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8080));
        Assert.False(await _machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8081));
    }

    /// <summary>Takes away what a reboot takes, the host's own devices excepted, and has the store believe in an earlier boot.</summary>
    private async Task RebootAsync(string guest)
    {
        (await Programs.RunAsync(["sh", "-c", $"""
            for l in $(ip -n {_machine.Instance}.host -o link | sed -E 's/^[0-9]+: //; s/[:@].*//' | grep ^f); do ip -n {_machine.Instance}.host link del $l 2>/dev/null; done
            nsenter --net=/run/netns/{_machine.Instance}.host tc qdisc del dev up0 clsact
            for n in $(ls /run/netns | grep '^{_machine.Instance}-') {guest}; do ip netns del $n; done
            rm -r /sys/fs/bpf/{_machine.Instance}
            """])).Expect();
        await using var store = new SqliteConnection($"Data Source={Path.Combine(_machine.StateDirectory, StoreFiles.DatabaseName)};Pooling=False");
        await store.OpenAsync();
        await using SqliteCommand forget = store.CreateCommand();
        forget.CommandText = "UPDATE facts SET value = 'another boot' WHERE name = 'boot_id'";
        Assert.Equal(1, await forget.ExecuteNonQueryAsync());
    }
}
