using System.Net;
using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Attach;

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

    private async Task<string> ExecAsync(string compartment, params string[] command)
    {
        // As `fairway exec` does it, but without asking the daemon where the compartment is: it may be away.
        Place place = setup.Place(compartment);
        string configuration = setup.Resolvers[compartment];
        return (await place.RunAsync(["unshare", "-m", "sh", "-c", $"mount --bind {configuration} /etc/resolv.conf && exec \"$@\"", "sh", .. command])).Expect();
    }

    /// <summary>Asks for an IPv4 address; the answer's bytes.</summary>
    private async Task<byte[]> AskAsync(string compartment, string server, string name)
    {
        Place place = setup.Place(compartment);
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
