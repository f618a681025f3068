using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Errors;

namespace Fairway.EndToEnd.Tests;

/// <summary>Published ports, from everywhere a client can stand, and never from where it must not.</summary>
public sealed class PublicationTests(PublicationTests.Setup setup) : IClassFixture<PublicationTests.Setup>
{
    [Theory]
    [InlineData(Machine.HostAddress4, Machine.LanAddress4)]
    [InlineData(Machine.HostAddress6, Machine.LanAddress6)]
    public async Task Tcp_FromTheLan_KeepsTheClientsAddress(string host, string lan)
    {
        Answer answer = await setup.Machine.Lan.CallTcpAsync(host, 8080);
        Assert.Equal((lan, host), (answer.SeenAs.ToString(), answer.From.ToString()));
    }

    [Theory]
    [InlineData(Machine.HostAddress4, Machine.LanAddress4)]
    [InlineData(Machine.HostAddress6, Machine.LanAddress6)]
    public async Task Udp_FromTheLan_KeepsTheClientsAddress(string host, string lan)
    {
        Answer answer = await setup.Machine.Lan.CallUdpAsync(host, 8081);
        Assert.Equal((lan, host), (answer.SeenAs.ToString(), answer.From.ToString()));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.3.2.1")]
    [InlineData("::1")]
    [InlineData(Machine.HostAddress4)]
    [InlineData(Machine.HostAddress6)]
    public async Task FromTheHostItself_OnEveryAddress_Works(string address)
    {
        Answer tcp = await setup.Machine.Host.CallTcpAsync(address, 8080);
        Answer udp = await setup.Machine.Host.CallUdpAsync(address, 8081);
        Assert.Equal((address, address), (tcp.From.ToString(), udp.From.ToString()));
    }

    [Theory]
    [InlineData(Machine.HostAddress4, 4)]
    [InlineData(Machine.HostAddress6, 6)]
    public async Task FromTheSameNetwork_KeepsTheClientsAddress(string host, int version)
    {
        Answer tcp = await setup.Client.CallTcpAsync(host, 8080);
        Answer udp = await setup.Client.CallUdpAsync(host, 8081);
        string own = await setup.Machine.AddressAsync("client", version);
        Assert.Equal((own, own, host), (tcp.SeenAs.ToString(), udp.SeenAs.ToString(), udp.From.ToString()));
    }

    [Theory]
    [InlineData(Machine.HostAddress4)]
    [InlineData(Machine.HostAddress6)]
    public async Task FromItself_Works(string host)
    {
        await setup.Server.CallTcpAsync(host, 8080);
        Answer udp = await setup.Server.CallUdpAsync(host, 8081);
        Assert.Equal(host, udp.From.ToString());
    }

    [Theory]
    [InlineData(Machine.HostAddress4, 4)]
    [InlineData(Machine.HostAddress6, 6)]
    public async Task FromAnotherNetwork_KeepsTheClientsAddress(string host, int version)
    {
        Answer answer = await setup.Other.CallTcpAsync(host, 8080);
        Assert.Equal(await setup.Machine.AddressAsync("other", version), answer.SeenAs.ToString());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task OnTheGatewaysAddress_FromTheSameNetwork_Works(int version)
        => await setup.Client.CallTcpAsync(await setup.Machine.GatewayAsync("web", version), 8080);

    [Fact]
    public async Task Range_Shifted_LeadsPortByPort()
    {
        setup.Server.ServeTcp(9100).ServeTcp(9102);
        await setup.Machine.DoAsync("port publish server 9000-9002:9100-9102");
        try
        {
            Assert.True(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 9000));
            Assert.True(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 9002));
            Assert.False(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 9001));
            Assert.False(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 9003));
        }
        finally
        {
            await setup.Machine.DoAsync("port unpublish server 9000-9002:9100-9102");
        }
        Assert.False(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 9000));
    }

    [Fact]
    public async Task Loopback_IsForTheHostOnly()
    {
        await setup.Machine.DoAsync("port publish server 127.0.0.1:9200:80");
        await setup.Machine.DoAsync("port publish server [::1]:9200:80");
        Assert.True(await setup.Machine.Host.ReachesTcpAsync("127.0.0.1", 9200));
        Assert.True(await setup.Machine.Host.ReachesTcpAsync("::1", 9200));
        Assert.False(await setup.Machine.Host.ReachesTcpAsync(Machine.HostAddress4, 9200));
        Assert.False(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 9200));
        Assert.False(await setup.Client.ReachesTcpAsync(Machine.HostAddress4, 9200));
        // A neighbour that sends to 127.0.0.1 over the wire.
        await setup.Machine.Lan.RunAsync("sh", "-c", $"sysctl -qw net.ipv4.conf.all.route_localnet=1; ip addr del 127.0.0.1/8 dev lo; ip route add 127.0.0.1 via {Machine.HostAddress4}");
        Assert.False(await setup.Machine.Lan.ReachesTcpAsync("127.0.0.1", 9200));
        await setup.Machine.Lan.RunAsync("sh", "-c", "ip route del 127.0.0.1; ip addr add 127.0.0.1/8 dev lo");
        await setup.Machine.DoAsync("port unpublish server 127.0.0.1:9200:80 [::1]:9200:80");
    }

    [Fact]
    public async Task OneHostAddress_AnswersThereOnly()
    {
        await setup.Machine.DoAsync($"port publish server {Machine.HostAddress4}:9300:80");
        Assert.True(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 9300));
        Assert.True(await setup.Machine.Host.ReachesTcpAsync(Machine.HostAddress4, 9300));
        Assert.False(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress6, 9300));
        Assert.False(await setup.Machine.Host.ReachesTcpAsync("127.0.0.1", 9300));
        await setup.Machine.DoAsync($"port unpublish server {Machine.HostAddress4}:9300:80");
    }

    [Fact]
    public async Task PublishFrom_AdmitsOnlyItsPrefixes()
    {
        await setup.Machine.AddAsync("guarded", "web", "--publish 9400:80 --publish-from 198.51.100.0/28 --publish-from 2001:db8:99::/64");
        (await setup.Machine.CompartmentAsync("guarded")).ServeTcp(80);
        Assert.True(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, 9400));
        Assert.False(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress6, 9400));
        Assert.False(await setup.Client.ReachesTcpAsync(Machine.HostAddress4, 9400));
        Assert.True(await setup.Machine.Host.ReachesTcpAsync("127.0.0.1", 9400));
        await setup.Machine.RemoveAsync("guarded");
    }

    [Fact]
    public async Task FreePort_IsChosen_AndShown()
    {
        await setup.Machine.DoAsync("port publish server 0:80");
        string list = await setup.Machine.DoAsync("port list --output json");
        ushort chosen = (await setup.Machine.Client.GetEndpointAsync("server", TestContext.Current.CancellationToken)).Spec.Publications
            .First(publication => publication.ContainerPort == 80 && publication.HostPort != 8080).HostPort;
        Assert.NotEqual(0, chosen);
        Assert.Contains($"{chosen}", list, StringComparison.Ordinal);
        Assert.True(await setup.Machine.Lan.ReachesTcpAsync(Machine.HostAddress4, chosen));
        await setup.Machine.DoAsync($"port unpublish server {chosen}:80");
    }

    [Fact]
    public async Task PortOfAHostProcess_IsRefused_WithItsName()
    {
        setup.Machine.Host.ServeTcp(9500);
        CommandResult result = await setup.Machine.FairwayAsync("port", "publish", "server", "9500:80");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("9500", result.Errors, StringComparison.Ordinal);
        Assert.Contains($"pid {Environment.ProcessId}", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData(Machine.HostAddress6)]
    public void HostProcess_ThatWantsAPublishedPort_IsRefused(string? address)
    {
        var error = Assert.Throws<SocketException>(() => setup.Machine.Host.Bind(8080, address));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
    }

    [Fact]
    public void OtherNamespaces_MayBindTheSamePort() => setup.Client.Bind(8080);

    [Fact]
    public async Task AlreadyPublished_IsRefused_NamingTheOwner()
    {
        var error = await Assert.ThrowsAsync<FairwayException>(() => setup.Machine.Client.PublishAsync("client",
            [new Model.Ports.PortPublication { HostPort = 8080, ContainerPort = 1 }], TestContext.Current.CancellationToken));
        Assert.Equal(ErrorKind.Conflict, error.Kind);
        Assert.Contains("'web/server'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Unpublished_ByRoutingToTheSubnet_IsUnreachable(int version)
    {
        string target = await setup.Machine.AddressAsync("server", version);
        string gateway = version == 4 ? Machine.HostAddress4 : Machine.HostAddress6;
        await setup.Machine.Host.RunAsync("sh", "-c", "sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        await setup.Machine.Lan.RunAsync("ip", "route", "add", target, "via", gateway);
        Assert.False(await setup.Machine.Lan.ReachesTcpAsync(target, 80));
        Assert.False(await setup.Machine.Lan.PingAsync(target));
        await setup.Machine.Lan.RunAsync("ip", "route", "del", target);
    }

    [Fact]
    public async Task Unpublish_EndsConnectionsOverIt()
    {
        setup.Server.ServeEcho(82);
        await setup.Machine.DoAsync("port publish server 9600:82");
        using Socket open = await setup.Machine.Lan.ConnectAsync(Machine.HostAddress4, 9600);
        await open.SendAsync("a"u8.ToArray());
        byte[] buffer = new byte[1];
        Assert.Equal(1, await open.ReceiveAsync(buffer));
        await setup.Machine.DoAsync("port unpublish server 9600:82");
        await open.SendAsync("b"u8.ToArray());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        bool answered = false;
        try
        {
            answered = await open.ReceiveAsync(buffer, patience.Token) > 0;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Silence or a reset: both are an end.
        }
        Assert.False(answered);
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        internal Place Server { get; private set; } = null!;

        internal Place Client { get; private set; } = null!;

        internal Place Other { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            await Machine.DoAsync("network create db");
            Server = await Machine.AddAsync("server", "web", "--publish 8080:80 --publish 8081:81/udp");
            Client = await Machine.AddAsync("client", "web");
            Other = await Machine.AddAsync("other", "db");
            Server.ServeTcp(80).ServeUdp(81);
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
