namespace Fairway.Dataplane.Links;

/// <summary>Whether the kernel has IPv6: it may be built without, or told to do without (ipv6.disable=1).</summary>
internal static class KernelIpv6
{
    public static bool IsPresent { get; } = Directory.Exists("/proc/sys/net/ipv6");
}
