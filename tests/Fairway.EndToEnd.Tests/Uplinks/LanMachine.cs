using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests.Uplinks;

/// <summary>
/// A machine with a network of each kind that has an uplink, each behind a device of its own:
/// <code>
///   up0 - lan0  198.51.100.0/24, 2001:db8:51::/64  transparent: t1 t2, and nat: n
///   up1 - lan1  192.0.2.0/24, 2001:db8:52::/64     l2bridge: b1 b2, of 10.77.0.0/24 as well; lan1 drops every MAC but the host's
///   up2 - lan2  203.0.113.0/24, 2001:db8:53::/64   l2tunnel: v1 v2; lan2 routes back what it gets
/// </code>
/// </summary>
public sealed class LanMachine : IAsyncLifetime
{
    public Machine Machine { get; } = new();

    internal Place T1 { get; private set; } = null!;

    internal Place T2 { get; private set; } = null!;

    /// <summary>Of a NAT network.</summary>
    internal Place N { get; private set; } = null!;

    internal Place B1 { get; private set; } = null!;

    internal Place V1 { get; private set; } = null!;

    internal Place Host => Machine.Host;

    internal Place Lan => Machine.Lan;

    /// <summary>What <c>ip</c> said of the first uplink before anything was made.</summary>
    public string UplinkBefore { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Machine.InitializeAsync();
        string host = $"{Machine.Instance}.host", lan = $"{Machine.Instance}.lan";
        (await Programs.RunAsync(["sh", "-ec", $$"""
            for n in 1 2; do ip -n {{host}} link add up$n type veth peer name lan$n netns {{lan}}; done
            for n in 0 1 2; do
              nsenter --net=/run/netns/{{host}} sysctl -qw net.ipv6.conf.up$n.accept_dad=0
              nsenter --net=/run/netns/{{lan}} sysctl -qw net.ipv6.conf.lan$n.accept_dad=0 net.ipv4.conf.lan$n.send_redirects=0
            done
            ip -n {{host}} addr add 192.0.2.1/24 dev up1
            ip -n {{host}} addr add 2001:db8:52::1/64 dev up1 nodad
            ip -n {{lan}} addr add 192.0.2.2/24 dev lan1
            ip -n {{lan}} addr add 2001:db8:52::2/64 dev lan1 nodad
            ip -n {{lan}} addr add 10.77.0.1/24 dev lan1
            ip -n {{host}} addr add 203.0.113.1/24 dev up2
            ip -n {{host}} addr add 2001:db8:53::1/64 dev up2 nodad
            ip -n {{lan}} addr add 203.0.113.2/24 dev lan2
            ip -n {{lan}} addr add 2001:db8:53::2/64 dev lan2 nodad
            for n in 1 2; do ip -n {{host}} link set up$n up; ip -n {{lan}} link set lan$n up; done
            mac=$(ip -n {{host}} -br link show up1 | awk '{print $3}')
            nsenter --net=/run/netns/{{lan}} sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.lan2.proxy_arp_pvlan=1
            nsenter --net=/run/netns/{{lan}} nft "add table netdev guard; add chain netdev guard in { type filter hook ingress device lan1 priority 0; }; add rule netdev guard in ether saddr != $mac counter drop"
            """])).Expect();
        UplinkBefore = await UplinkAsync();
        await Machine.DoAsync("network create lan --type transparent --uplink up0 --subnet 198.51.100.0/24 --gateway 198.51.100.2 --ip-range 198.51.100.128/25 --subnet 2001:db8:51::/64 --gateway 2001:db8:51::2");
        await Machine.DoAsync("network create bridge --type l2bridge --uplink up1 --subnet 192.0.2.0/24 --gateway 192.0.2.2 --subnet 10.77.0.0/24 --gateway 10.77.0.1 --subnet 2001:db8:52::/64 --gateway 2001:db8:52::2");
        await Machine.DoAsync("network create tunnel --type l2tunnel --uplink up2 --subnet 203.0.113.0/24 --gateway 203.0.113.2 --subnet 2001:db8:53::/64 --gateway 2001:db8:53::2");
        await Machine.DoAsync("network create nat");
        T1 = await AddAsync("t1", "lan");
        T2 = await AddAsync("t2", "lan");
        N = await AddAsync("n", "nat");
        B1 = await AddAsync("b1", "bridge");
        await AddAsync("b2", "bridge");
        V1 = await AddAsync("v1", "tunnel");
        await AddAsync("v2", "tunnel");
        Host.ServeTcp(80).ServeUdp(80);
        Lan.ServeTcp(80).ServeUdp(80);
    }

    public ValueTask DisposeAsync() => Machine.DisposeAsync();

    /// <summary>Addresses, flags and master of the first uplink.</summary>
    public async Task<string> UplinkAsync() => (await Host.RunAsync("ip", "addr", "show", "dev", "up0")).Expect();

    internal static string HostOf(int uplink, int version) => version == 4 ? $"{Prefix4(uplink)}.1" : $"2001:db8:5{uplink + 1}::1";

    internal static string LanOf(int uplink, int version) => version == 4 ? $"{Prefix4(uplink)}.2" : $"2001:db8:5{uplink + 1}::2";

    private static string Prefix4(int uplink) => uplink switch { 0 => "198.51.100", 1 => "192.0.2", _ => "203.0.113" };

    private async Task<Place> AddAsync(string name, string network) => (await Machine.AddAsync(name, network)).ServeTcp(80).ServeUdp(80);
}
