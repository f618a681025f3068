namespace Fairway.Bench.Hosts;

/// <summary>Two namespaces that stand for hosts, with a cable between them.</summary>
internal static class HostPair
{
    public static string AddressOf(int host) => $"198.51.100.{host}";

    /// <summary>Makes PREFIX1 and PREFIX2.</summary>
    public static void Make(string prefix)
    {
        Shell.Run($"ip netns add {prefix}1 && ip netns add {prefix}2 && ip -n {prefix}1 link add up0 type veth peer name up0 netns {prefix}2");
        for (int host = 1; host <= 2; host++)
            Shell.Run($"ip -n {prefix}{host} link set lo up && ip -n {prefix}{host} addr add {AddressOf(host)}/24 dev up0 && ip -n {prefix}{host} link set up0 up");
    }
}
