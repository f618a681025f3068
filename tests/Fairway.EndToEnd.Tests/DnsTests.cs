using System.Net;
using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Attach;
using Fairway.Model.Dns;

namespace Fairway.EndToEnd.Tests;

/// <summary>Names, as programs in a compartment ask for them.</summary>
public sealed class DnsTests(DnsTests.Setup setup) : IClassFixture<DnsTests.Setup>
{
    [Theory]
    [InlineData("db")]
    [InlineData("db.web")]
    [InlineData("DB")]
    [InlineData("postgres")]
    public async Task NamesAndAliases_ResolveToBothFamilies(string name)
    {
        string v4 = await ExecAsync("app", "getent", "ahostsv4", name), v6 = await ExecAsync("app", "getent", "ahostsv6", name);
        Assert.StartsWith(await setup.Machine.AddressAsync("db", 4) + " ", v4, StringComparison.Ordinal);
        Assert.StartsWith(await setup.Machine.AddressAsync("db", 6) + " ", v6, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Address_ResolvesToItsName(int version)
    {
        string answer = await ExecAsync("app", "getent", "hosts", await setup.Machine.AddressAsync("db", version));
        Assert.Matches(@"\sdb\.web\b", answer);
    }

    [Fact]
    public async Task UnknownName_FailsAtOnce()
    {
        CommandResult result = await setup.Machine.FairwayAsync("exec", "app", "--", "getent", "hosts", "nobody.web");
        Assert.Equal(2, result.ExitCode);
    }

    [Fact]
    public async Task OtherNetworks_HaveNamesOfTheirOwn()
    {
        CommandResult result = await setup.Machine.FairwayAsync("exec", "secret", "--", "getent", "hosts", "db");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(await setup.Machine.AddressAsync("secret2", 6), await ExecAsync("secret", "getent", "hosts", "secret2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Internal_IsNeverForwarded()
    {
        // The host's own resolver is not asked: the answer would come late or never, and this one comes at once.
        byte[] answer = await AskAsync("secret", await setup.Machine.GatewayAsync("inner", 4), "example.com");
        Assert.Equal(0, answer[7]);
        Assert.NotEqual(0, answer[3] & 0x0f);
    }

    [Fact]
    public async Task Endpoint_IsFoundByName_TheMomentItIsAttached()
    {
        string gateway = await setup.Machine.GatewayAsync("web", 4);
        // Many at once: then the change stream has a queue, and the attach is answered before it got there.
        bool[] found = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            var request = new AttachRequest { Network = "web", Endpoint = $"new{i}", NetnsPath = setup.Place("app").Path, InterfaceName = $"new{i}" };
            AttachResult attached = await setup.Machine.Client.AttachAsync(request, TestContext.Current.CancellationToken);
            byte[] answer = await AskAsync("app", gateway, $"new{i}");
            await setup.Machine.Client.DeleteEndpointAsync(attached.EndpointId.ToString(), TestContext.Current.CancellationToken);
            return answer[7] == 1;
        }));
        Assert.DoesNotContain(false, found);
    }

    [Fact]
    public async Task ThousandQueriesAtOnce_AreAllAnswered()
    {
        string gateway = await setup.Machine.GatewayAsync("web", 4);
        IEnumerable<Task<byte[]>> queries = Enumerable.Range(0, 1000).Select(_ => AskAsync("app", gateway, "db"));
        foreach (byte[] answer in await Task.WhenAll(queries))
            Assert.Equal(1, answer[7]);
    }

    [Fact]
    public async Task QueryAskedWhileTheDaemonIsAway_IsAnsweredAfterwards()
    {
        await setup.Machine.KillDaemonAsync();
        Task<string> lookup = ExecAsync("app", "getent", "hosts", "db");
        await setup.Machine.StartDaemonAsync();
        Assert.Contains("db", await lookup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_IsAskedOfTheEndpointsOwnServers_ElseOfTheNetworks()
    {
        using Socket server = setup.Machine.Lan.OpenUdp(), other = setup.Machine.Host.OpenUdp();
        server.Bind(new IPEndPoint(IPAddress.Parse(Machine.LanAddress4), 53));
        other.Bind(new IPEndPoint(IPAddress.Parse(Machine.HostAddress4), 53));
        _ = AnswerAllAsync(server, IPAddress.Parse("203.0.113.7"));
        _ = AnswerAllAsync(other, IPAddress.Parse("203.0.113.8"));
        string gateway = await setup.Machine.GatewayAsync("web", 4);
        await setup.Machine.Client.SetNetworkDnsAsync("web", new DnsSettings(Servers: [Machine.LanAddress4]), TestContext.Current.CancellationToken);
        Place own = await setup.Machine.AddAsync("namespace-of-own", "web");
        await setup.Machine.DoAsync("endpoint delete namespace-of-own");
        await setup.Machine.Client.AttachAsync(new AttachRequest
        {
            Network = "web",
            Endpoint = "own",
            NetnsPath = own.Path,
            Dns = new DnsSettings(Servers: [Machine.HostAddress4]),
        }, TestContext.Current.CancellationToken);

        Assert.Equal([203, 0, 113, 7], await UntilAnsweredAsync(setup.Place("app"), gateway));
        Assert.Equal([203, 0, 113, 8], await UntilAnsweredAsync(own, gateway));
        // Whatever server it thinks it asks.
        Assert.Equal([203, 0, 113, 8], await UntilAnsweredAsync(own, "192.0.2.77"));
        Assert.Equal(await setup.Machine.AddressAsync("db", 4), new IPAddress((await AskAsync(own, gateway, "db"))[^4..]).ToString());

        await setup.Machine.Client.SetNetworkDnsAsync("web", DnsSettings.Empty, TestContext.Current.CancellationToken);
        await setup.Machine.DoAsync("endpoint delete own");
        await setup.Machine.DoAsync("namespace delete namespace-of-own");
    }

    /// <summary>The last bytes of the answer about a name of the outside, once there is one: the resolver learns of changes by and by.</summary>
    private static async Task<byte[]> UntilAnsweredAsync(Place place, string server)
    {
        for (long start = TimeProvider.System.GetTimestamp(); ;)
        {
            byte[] answer = await AskAsync(place, server, "example.org");
            if (answer[7] > 0 || TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(60))
                return answer[^4..];
        }
    }

    /// <summary>A name server that knows one address for every name.</summary>
    private static async Task AnswerAllAsync(Socket server, IPAddress address)
    {
        byte[] buffer = new byte[512];
        try
        {
            while (true)
            {
                SocketReceiveFromResult asked = await server.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                byte[] question = buffer[..asked.ReceivedBytes];
                // The header says: an answer, recursion available, one question, one record. Of EDNS nothing is said.
                int end = Array.IndexOf(question, (byte)0, 12) + 5;
                byte[] answer = [.. question[..2], 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question[12..end], 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. address.GetAddressBytes()];
                await server.SendToAsync(answer, asked.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task<string> ExecAsync(string compartment, params string[] command)
    {
        // As `fairway exec` does it, but without asking the daemon where the compartment is: it may be away.
        Place place = setup.Place(compartment);
        string configuration = setup.Resolvers[compartment];
        return (await place.RunAsync(["unshare", "-m", "sh", "-c", $"mount --bind {configuration} /etc/resolv.conf && exec \"$@\"", "sh", .. command])).Expect();
    }

    /// <summary>Asks for an IPv4 address; the answer's bytes.</summary>
    private Task<byte[]> AskAsync(string compartment, string server, string name) => AskAsync(setup.Place(compartment), server, name);

    private static async Task<byte[]> AskAsync(Place place, string server, string name)
    {
        using Socket socket = place.OpenUdp();
        byte[] query = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0,
            .. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. System.Text.Encoding.ASCII.GetBytes(label)]), 0, 0, 1, 0, 1];
        byte[] answer = new byte[512];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await socket.SendToAsync(query, new IPEndPoint(IPAddress.Parse(server), 53), patience.Token);
        SocketReceiveFromResult result = await socket.ReceiveFromAsync(answer, new IPEndPoint(IPAddress.Any, 0), patience.Token);
        return answer[..result.ReceivedBytes];
    }

    public sealed class Setup : IAsyncLifetime
    {
        private readonly Dictionary<string, Place> _places = [];

        public Machine Machine { get; } = new();

        public Dictionary<string, string> Resolvers { get; } = [];

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            await Machine.DoAsync("network create inner --internal");
            await AddAsync("app", "web");
            await AddAsync("db", "web", "--alias postgres");
            await AddAsync("secret", "inner");
            await AddAsync("secret2", "inner");
        }

        public ValueTask DisposeAsync()
        {
            foreach (string file in Resolvers.Values)
                File.Delete(file);
            return Machine.DisposeAsync();
        }

        internal Place Place(string name) => _places[name];

        private async Task AddAsync(string name, string network, string options = "")
        {
            _places[name] = await Machine.AddAsync(name, network, options);
            string file = Path.GetTempFileName();
            await File.WriteAllTextAsync(file, await Machine.DoAsync($"exec {name} -- cat /etc/resolv.conf"));
            Resolvers[name] = file;
        }
    }
}
