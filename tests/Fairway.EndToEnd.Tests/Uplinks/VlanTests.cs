using System.Diagnostics;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests.Uplinks;

/// <summary>
/// Two machines with a wire between them, and on it two VLANs with the same addresses: <c>a5</c> and <c>a6</c> are 10.5.0.1 both, <c>b5</c> and
/// <c>b6</c> 10.5.0.128. The hosts have untagged addresses of their own there.
/// </summary>
public sealed class VlanTests(VlanTests.Setup setup) : IClassFixture<VlanTests.Setup>
{
    [Theory]
    [InlineData("5", 4)]
    [InlineData("5", 6)]
    [InlineData("6", 4)]
    [InlineData("6", 6)]
    public async Task Endpoints_OfOneVlan_ReachEachOther(string vlan, int version)
    {
        string a = await setup.Left.AddressAsync($"a{vlan}", version), b = await setup.Right.AddressAsync($"b{vlan}", version);
        Place left = await setup.Left.CompartmentAsync($"a{vlan}");
        Assert.True(await left.PingAsync(b));
        Assert.Equal(a, (await left.CallTcpAsync(b, 80)).SeenAs.ToString());
        Assert.Equal(a, (await left.CallUdpAsync(b, 80)).SeenAs.ToString());
    }

    [Fact]
    public async Task Vlans_WithTheSameAddresses_AreApart()
    {
        string b = await setup.Right.AddressAsync("b5", 4);
        Assert.Equal(b, await setup.Right.AddressAsync("b6", 4));
        (await setup.Right.CompartmentAsync("b5")).ServeTcp(85);
        (await setup.Right.CompartmentAsync("b6")).ServeTcp(86);
        Place a5 = await setup.Left.CompartmentAsync("a5"), a6 = await setup.Left.CompartmentAsync("a6");
        Assert.True(await a5.ReachesTcpAsync(b, 85));
        Assert.False(await a5.ReachesTcpAsync(b, 86));
        Assert.True(await a6.ReachesTcpAsync(b, 86));
        Assert.False(await a6.ReachesTcpAsync(b, 85));
    }

    [Fact]
    public async Task Host_WithoutTheVlan_IsApartFromIt_AndUntouched()
    {
        Assert.True(await setup.Left.Host.PingAsync("10.5.0.254"));
        Assert.False(await setup.Left.Host.PingAsync(await setup.Left.AddressAsync("a5", 4)));
        Assert.False(await setup.Left.Host.PingAsync(await setup.Right.AddressAsync("b5", 4)));
        Assert.False(await (await setup.Left.CompartmentAsync("a5")).PingAsync("10.5.0.254"));
    }

    [Fact]
    public async Task Frames_OnTheWire_CarryTheTag()
    {
        Place a6 = await setup.Left.CompartmentAsync("a6");
        string b = await setup.Right.AddressAsync("b6", 4);
        using Process capture = Programs.Start(Programs.Inside(setup.Right.Host.Path, "tcpdump", "-n", "-e", "-l", "-c", "1", "-i", "v0", $"vlan and icmp and dst host {b}"));
        Task<string> line = capture.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        // It says when it listens; until then nobody pings.
        while (await capture.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } said && !said.Contains("listening on", StringComparison.Ordinal))
        {
        }
        while (!line.IsCompleted)
            await a6.PingAsync(b);
        Assert.Contains(" vlan 6, ", await line, StringComparison.Ordinal);
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Left { get; } = new();

        public Machine Right { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Left.InitializeAsync();
            await Right.InitializeAsync();
            (await Programs.RunAsync(["sh", "-ec", $"""
                ip -n {Left.Instance}.host link add v0 type veth peer name v0 netns {Right.Instance}.host
                ip -n {Left.Instance}.host addr add 10.5.0.253/32 peer 10.5.0.254 dev v0
                ip -n {Right.Instance}.host addr add 10.5.0.254/32 peer 10.5.0.253 dev v0
                ip -n {Left.Instance}.host link set v0 up
                ip -n {Right.Instance}.host link set v0 up
                """])).Expect();
            await AddAsync(Left, "a", "10.5.0.0/25", 0);
            await AddAsync(Right, "b", "10.5.0.128/25", 1);
        }

        public async ValueTask DisposeAsync()
        {
            await Left.DisposeAsync();
            await Right.DisposeAsync();
        }

        private static async Task AddAsync(Machine machine, string prefix, string range, int half)
        {
            foreach ((string vlan, string type) in new[] { ("5", "transparent"), ("6", "l2bridge") })
            {
                await machine.DoAsync($"network create vlan{vlan} --type {type} --uplink v0 --vlan {vlan} --subnet 10.5.0.0/24 --ip-range {range} --subnet fd05::/64 --ip-range fd05::{half}:0:0/96");
                (await machine.AddAsync($"{prefix}{vlan}", $"vlan{vlan}")).ServeTcp(80).ServeUdp(80);
            }
        }
    }
}
