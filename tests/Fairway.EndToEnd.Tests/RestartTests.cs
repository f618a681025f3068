using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary>The data plane without a daemon, and with a new one.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly Machine _machine = new();
    private Place _client = null!;
    private Place _server = null!;

    public async ValueTask InitializeAsync()
    {
        await _machine.InitializeAsync();
        await _machine.DoAsync("network create web");
        _client = await _machine.AddAsync("client", "web");
        _server = await _machine.AddAsync("server", "web", "--publish 8080:80");
        _server.ServeTcp(81).ServeEcho(80);
        _machine.Lan.ServeEcho(7400);
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task Kill_AndStartAgain_LosesNoConnection()
    {
        using Socket between = await _client.ConnectAsync(await _machine.AddressAsync("server", 4), 80);
        using Socket outward = await _client.ConnectAsync(Machine.LanAddress6, 7400);
        using Socket inward = await _machine.Lan.ConnectAsync(Machine.HostAddress4, 8080);
        using Socket local = await _machine.Host.ConnectAsync("127.0.0.1", 8080);
        Socket[] sockets = [between, outward, inward, local];
        await EchoAsync(sockets);

        await _machine.KillDaemonAsync();
        await EchoAsync(sockets);
        Assert.True(await _machine.Lan.ReachesTcpAsync(Machine.HostAddress6, 8080));
        Assert.True(await _client.PingAsync(Machine.LanAddress4));
        Assert.True(await _machine.Host.ReachesTcpAsync("::1", 8080));

        await _machine.StartDaemonAsync();
        await EchoAsync(sockets);
        Assert.Equal(2, (await _machine.Client.ListEndpointsAsync(TestContext.Current.CancellationToken)).Count(endpoint => endpoint.State == Model.Endpoints.EndpointState.Attached));
        Place another = await _machine.AddAsync("another", "web");
        Assert.True(await another.PingAsync(await _machine.AddressAsync("server", 6)));
    }

    [Fact]
    public async Task Stop_AndStartAgain_TouchesNothing()
    {
        string before = await KernelAsync();
        await _machine.StopDaemonAsync();
        Assert.Equal(before, await KernelAsync());
        await _machine.StartDaemonAsync();
        Assert.Equal(before, await KernelAsync());
    }

    [Fact]
    public async Task ForeignHands_AreRepaired()
    {
        await _machine.Host.RunAsync("sh", "-c", "for l in $(ls /sys/class/net | grep ^fw); do tc qdisc del dev $l clsact; done");
        await _machine.KillDaemonAsync();
        await _machine.StartDaemonAsync();
        Assert.True(await _client.PingAsync(await _machine.AddressAsync("server", 4)));
        Assert.True(await _machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 8080));
    }

    [Fact]
    public async Task NamespaceThatDisappears_LetsItsEndpointLapse()
    {
        string path = $"/run/netns/{_machine.Instance}.guest";
        await Programs.RunAsync(["ip", "netns", "add", $"{_machine.Instance}.guest"]);
        await _machine.DoAsync($"endpoint create guest --network web --netns {path}");
        string address = await _machine.AddressAsync("guest", 4);
        await Programs.RunAsync(["ip", "netns", "del", $"{_machine.Instance}.guest"]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var change in _machine.Client.WatchChangesAsync(0, patience.Token))
        {
            if (change.Name == "guest" && change.Kind is Model.Changes.ChangeKind.Deleted or Model.Changes.ChangeKind.Detached)
                break;
        }
        Assert.DoesNotContain(await _machine.Client.ListEndpointsAsync(TestContext.Current.CancellationToken), endpoint => endpoint.Spec.Name == "guest" && endpoint.State == Model.Endpoints.EndpointState.Attached);
        Assert.False(await _client.PingAsync(address));
    }

    /// <summary>Links, addresses, filters and pins, as far as a restart has no business with them.</summary>
    private async Task<string> KernelAsync()
    {
        CommandResult host = await _machine.Host.RunAsync("sh", "-c",
            "ip -o link | sed 's/ qlen [0-9]*//'; ip -o addr; ip route; ip -6 route; ls -i /sys/fs/bpf/" + _machine.Instance + "/v1");
        return host.Expect();
    }

    private static async Task EchoAsync(IEnumerable<Socket> sockets)
    {
        foreach (Socket socket in sockets)
        {
            byte[] buffer = new byte[4];
            using var patience = new CancellationTokenSource(Place.Patience);
            await socket.SendAsync("ping"u8.ToArray(), patience.Token);
            Assert.True(await socket.ReceiveAsync(buffer, patience.Token) > 0, "the connection ended");
        }
    }
}
