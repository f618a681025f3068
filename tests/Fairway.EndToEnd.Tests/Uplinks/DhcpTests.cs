using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests.Uplinks;

/// <summary>Addresses from the LAN's own DHCP server (dnsmasq), asked for by the container's own client (udhcpc).</summary>
public sealed class DhcpTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Machine _machine = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-dhcp-").FullName;
    private Process? _server;

    public async ValueTask InitializeAsync()
    {
        await _machine.InitializeAsync();
        await _machine.DoAsync("network create lan --type transparent --uplink up0 --dhcp");
        await File.WriteAllTextAsync(Path.Combine(_directory, "apply"), """
            #!/bin/sh
            case $1 in
            deconfig) ip addr flush dev $interface ;;
            bound|renew) ip addr replace $ip/$mask dev $interface; ip route replace default via ${router%% *}; echo applied $ip >&2 ;;
            esac
            """);
        (await Programs.RunAsync(["chmod", "u+x", Path.Combine(_directory, "apply")])).Expect();
        _machine.Lan.ServeTcp(80);
        _server = Programs.Start(Programs.Inside(_machine.Lan.Path, "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--interface=lan0", "--bind-interfaces", "--no-ping",
            "--user=root", "--pid-file", "--log-facility=-", "--log-dhcp", "--dhcp-range=198.51.100.50,198.51.100.59,2m", $"--dhcp-option=3,{Machine.LanAddress4}", $"--dhcp-leasefile={_directory}/leases"));
        _ = _server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _server?.Kill();
        _server?.Dispose();
        await _machine.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Address_IsLeased_Renewed_Rebound_AndReleased()
    {
        Place a = await _machine.AddAsync("a", "lan");
        Place other = await _machine.AddAsync("other", "lan");
        using Process client = Programs.Start(Programs.Inside(a.Path, "busybox", "udhcpc", "-f", "-i", "eth0", "-t", "10", "-T", "2", "-s", Path.Combine(_directory, "apply")));
        string address = (await SaysAsync(client, "applied ")).Split(' ')[1];
        Assert.StartsWith("198.51.100.5", address, StringComparison.Ordinal);
        await ReachesLanAsync(a, address);
        Assert.True(await _machine.Host.PingAsync(address));

        // An address that was not given is not the endpoint's.
        (await a.RunAsync("ip", "addr", "add", "198.51.100.77/32", "dev", "eth0")).Expect();
        Assert.NotEqual(0, (await a.RunAsync("ping", "-n", "-c", "1", "-W", "1", "-I", "198.51.100.77", Machine.LanAddress4)).ExitCode);
        (await a.RunAsync("ip", "addr", "del", "198.51.100.77/32", "dev", "eth0")).Expect();

        Signal(client, "USR1");
        Assert.Equal($"applied {address}", await SaysAsync(client, "applied "));
        await ReachesLanAsync(a, address);

        // A daemon that dies and comes back changes nothing about it.
        await _machine.KillDaemonAsync();
        await ReachesLanAsync(a, address);
        await _machine.StartDaemonAsync();
        await ReachesLanAsync(a, address);

        Assert.Equal(IPAddress.Parse(address), await RebindAsync(a, IPAddress.Parse(address)));
        await ReachesLanAsync(a, address);

        using Process second = Programs.Start(Programs.Inside(other.Path, "busybox", "udhcpc", "-f", "-i", "eth0", "-t", "10", "-T", "2", "-s", Path.Combine(_directory, "apply")));
        string neighbour = (await SaysAsync(second, "applied ")).Split(' ')[1];
        Assert.NotEqual(address, neighbour);
        Assert.True(await a.PingAsync(neighbour));
        second.Kill();

        Signal(client, "USR2");
        await SaysAsync(client, "released");
        (await a.RunAsync("ip", "addr", "replace", $"{address}/24", "dev", "eth0")).Expect();
        Assert.False(await a.PingAsync(Machine.LanAddress4));
        client.Kill();
    }

    private static async Task ReachesLanAsync(Place place, string address) => Assert.Equal(address, (await place.CallTcpAsync(Machine.LanAddress4, 80)).SeenAs.ToString());

    private static void Signal(Process client, string signal) => Process.Start("kill", [$"-{signal}", client.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>Waits until the client has said something.</summary>
    private static async Task<string> SaysAsync(Process client, string words)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (await client.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
                return line;
        }
        throw new InvalidOperationException($"udhcpc ended without '{words}'");
    }

    /// <summary>What a client does when its server is silent (RFC 2131, 4.4.5): asks all of them whether it may keep the address.</summary>
    private static async Task<IPAddress> RebindAsync(Place place, IPAddress address)
    {
        using Socket socket = place.OpenUdp();
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.EnableBroadcast = true;
        socket.SetRawSocketOption(1, 25, Encoding.ASCII.GetBytes("eth0\0"));
        socket.Bind(new IPEndPoint(IPAddress.Any, 68));
        byte[] request = new byte[300];
        (request[0], request[1], request[2], request[4]) = (1, 1, 6, 0x77);
        address.GetAddressBytes().CopyTo(request, 12);
        byte[] mac = Convert.FromHexString((await place.RunAsync("ip", "-br", "link", "show", "eth0")).Output.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2].Replace(":", "", StringComparison.Ordinal));
        mac.CopyTo(request, 28);
        BinaryPrimitives.WriteUInt32BigEndian(request.AsSpan(236), 0x6382_5363);
        ((byte[])[53, 1, 3, 255]).CopyTo(request, 240);
        byte[] answer = new byte[1500];
        using var patience = new CancellationTokenSource(s_patience);
        await socket.SendToAsync(request, new IPEndPoint(IPAddress.Broadcast, 67));
        do
            await socket.ReceiveFromAsync(answer, new IPEndPoint(IPAddress.Any, 0), patience.Token);
        while (answer[4] != 0x77);
        // The message type is the server's first option.
        Assert.Equal([53, 1, 5], answer[240..243]);
        return new IPAddress(answer.AsSpan(16, 4));
    }
}
