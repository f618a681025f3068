using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Policies;

namespace Fairway.EndToEnd.Tests;

/// <summary>Access rules on real packets, made by the command as a user types it.</summary>
public sealed class PolicyTests(PolicyTests.Setup setup) : IClassFixture<PolicyTests.Setup>
{
    private Machine Machine => setup.Machine;

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Rules_OfAnEndpoint_SayWhoCallsWhom(int version)
    {
        string server = await Machine.AddressAsync("server", version);
        try
        {
            await Machine.DoAsync("policy add server allow in --protocol tcp --port 80 --id web");
            Assert.True(await setup.Client.ReachesTcpAsync(server, 80));
            Assert.False(await setup.Client.ReachesTcpAsync(server, 81));
            Assert.False(await setup.Client.PingAsync(server));
            // What it calls itself is open, and is answered.
            Assert.True(await setup.Server.ReachesTcpAsync(await Machine.AddressAsync("client", version), 80));
            Assert.True(await setup.Server.PingAsync(version == 4 ? Machine.LanAddress4 : Machine.LanAddress6));

            await Machine.DoAsync($"policy add server block in --remote {await Machine.AddressAsync("client", version)} --priority 1");
            Assert.False(await setup.Client.ReachesTcpAsync(server, 80));
            Assert.True(await setup.Other.ReachesTcpAsync(server, 80));
            Assert.Contains("web", await Machine.DoAsync("policy list server"), StringComparison.Ordinal);
        }
        finally
        {
            await ClearAsync("server", isNetwork: false);
        }
        Assert.True(await setup.Client.ReachesTcpAsync(server, 81));
    }

    [Fact]
    public async Task Change_CutsExactlyTheConnectionsThatAreNoLongerAllowed()
    {
        string server = await Machine.AddressAsync("server", 4);
        using Socket older = await setup.Client.ConnectAsync(server, 7000);
        using Socket spared = await setup.Other.ConnectAsync(server, 7000);
        Assert.True(await EchoesAsync(older) && await EchoesAsync(spared));
        try
        {
            await Machine.DoAsync("policy set web blocked " + await Machine.AddressAsync("client", 4));
            await Machine.DoAsync("policy add server block in --remote blocked --priority 1");
            await Machine.DoAsync("policy add server allow in");
            Assert.False(await EchoesAsync(older));
            Assert.True(await EchoesAsync(spared));

            // Another member: the rule follows the set.
            await Machine.DoAsync("policy set web blocked " + await Machine.AddressAsync("other", 4));
            Assert.False(await EchoesAsync(spared));
            using Socket again = await setup.Client.ConnectAsync(server, 7000);
            Assert.True(await EchoesAsync(again));
        }
        finally
        {
            await ClearAsync("server", isNetwork: false);
            await Machine.DoAsync("policy unset web blocked");
        }
    }

    [Fact]
    public async Task Rules_OfANetwork_ComeFirst_AndOutliveTheDaemon()
    {
        string server = await Machine.AddressAsync("server", 4);
        try
        {
            await Machine.DoAsync("policy add web block in --network --protocol tcp --port 81 --id no-81");
            await Machine.DoAsync("policy add web pass in --network --priority 2000");
            await Machine.DoAsync("policy add web pass out --network");
            await Machine.DoAsync("policy add server allow in");
            await Machine.DoAsync("policy add client allow out");
            Assert.False(await setup.Client.ReachesTcpAsync(server, 81));
            Assert.True(await setup.Client.ReachesTcpAsync(server, 80));

            await Machine.KillDaemonAsync();
            Assert.False(await setup.Client.ReachesTcpAsync(server, 81));
            await Machine.StartDaemonAsync();
            Assert.False(await setup.Client.ReachesTcpAsync(server, 81));
            Assert.True(await setup.Client.ReachesTcpAsync(server, 80));
            IReadOnlyList<AclRule> rules = await Machine.Client.ListRulesAsync("web", true, TestContext.Current.CancellationToken);
            Assert.Equal(["no-81", null, null], rules.Select(rule => rule.Id));
        }
        finally
        {
            await ClearAsync("web", isNetwork: true);
            await ClearAsync("server", isNetwork: false);
            await ClearAsync("client", isNetwork: false);
        }
    }

    private async Task ClearAsync(string target, bool isNetwork)
    {
        IReadOnlyList<AclRule> rules = await Machine.Client.ListRulesAsync(target, isNetwork, TestContext.Current.CancellationToken);
        if (rules.Count > 0)
            await Machine.Client.RemoveRulesAsync(target, isNetwork, [.. rules.Select(rule => $"{rule.Number}")], TestContext.Current.CancellationToken);
    }

    private static async Task<bool> EchoesAsync(Socket socket)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(1.5));
        try
        {
            await socket.SendAsync("x"u8.ToArray(), patience.Token);
            return await socket.ReceiveAsync(new byte[16], patience.Token) > 0;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return false;
        }
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        internal Place Client { get; private set; } = null!;

        internal Place Other { get; private set; } = null!;

        internal Place Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            Client = (await Machine.AddAsync("client", "web")).ServeTcp(80);
            Other = await Machine.AddAsync("other", "web");
            Server = (await Machine.AddAsync("server", "web")).ServeTcp(80).ServeTcp(81).ServeEcho(7000);
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
