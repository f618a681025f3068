namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>
/// Three machines on one LAN, each with a daemon of its own, and a fourth host beside them that is plain Linux: 192.0.2.1 to .3 and .9, and the same below
/// 2001:db8:2::.
/// </summary>
public sealed class Fabric : IAsyncLifetime
{
    public Machine[] Hosts { get; } = [new(), new(), new()];

    internal Place Plain { get; private set; } = null!;

    public static string Address(int host) => $"192.0.2.{host}";

    public async ValueTask InitializeAsync()
    {
        foreach (Machine host in Hosts)
            await host.InitializeAsync();
        string lan = $"{Hosts[0].Instance}.fabric", plain = $"{Hosts[0].Instance}.plain";
        await ShellAsync($"""
            ip netns add {lan} && ip netns add {plain}
            ip -n {plain} link set lo up
            ip -n {lan} link add fabric type bridge mcast_snooping 0
            ip -n {lan} link set fabric up
            """);
        for (int host = 0; host < Hosts.Length; host++)
            await JoinAsync(lan, $"{Hosts[host].Instance}.host", host + 1);
        await JoinAsync(lan, plain, 9);
        Plain = new Place($"/run/netns/{plain}");
    }

    public async ValueTask DisposeAsync()
    {
        Plain.Dispose();
        // The first one takes the LAN with it.
        foreach (Machine host in Hosts.Reverse())
            await host.DisposeAsync();
    }

    internal static async Task ShellAsync(string script) => (await Programs.RunAsync(["sh", "-ec", script])).Expect();

    private static Task JoinAsync(string lan, string host, int number) => ShellAsync($"""
        ip -n {host} link add fab0 type veth peer name p{number} netns {lan}
        ip -n {host} addr add {Address(number)}/24 dev fab0
        ip -n {host} addr add 2001:db8:2::{number}/64 dev fab0 nodad
        ip -n {host} link set fab0 up
        ip -n {lan} link set p{number} master fabric up
        """);
}
