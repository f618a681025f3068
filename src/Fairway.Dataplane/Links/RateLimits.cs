using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Links;

/// <summary>
/// The limits of an endpoint as token buckets on its veth pair: towards the endpoint on the host's side, which the switch then sends through instead of entering the
/// peer directly (<see cref="Switch.Layout.PortFlags.LinkLayer"/>), from it on the inside, or, of a virtual machine, in the switch. A workload without CAP_NET_ADMIN cannot take its own away.
/// </summary>
internal static class RateLimits
{
    // What waits longer is dropped; as the bandwidth plugin of CNI has it.
    private const double PatienceSeconds = 0.025;

    // A packet with its link-layer header and tags; the bucket must hold one, or nothing passes.
    private const int Header = 22;

    /// <summary>Writes the limit towards the endpoint, if there is one.</summary>
    public static void LimitIncoming(this RouteBatch batch, BandwidthLimits? limits, int hostLink, int mtu) => Limit(batch, hostLink, limits?.IncomingRate, limits?.IncomingBurst, mtu);

    /// <summary>Writes the limit from the endpoint, if there is one.</summary>
    public static void LimitOutgoing(this RouteBatch batch, BandwidthLimits? limits, int insideLink, int mtu) => Limit(batch, insideLink, limits?.OutgoingRate, limits?.OutgoingBurst, mtu);

    /// <summary>
    /// The limit from a virtual machine, which the switch keeps: there is no queue between a tap and the switch. As much may be ahead of its time as
    /// would wait in a bucket.
    /// </summary>
    /// <returns>The row, or null without a limit.</returns>
    public static LimitRow? OfMachine(BandwidthLimits? limits)
    {
        if (limits?.OutgoingRate is not { } bits)
            return null;
        double rate = Math.Max(1, bits / 8);
        double burst = limits.OutgoingBurst is { } asked ? asked / 8.0 / rate : PatienceSeconds;
        return new LimitRow((ulong)rate, (ulong)((burst + PatienceSeconds) * 1e9), 0);
    }

    private static void Limit(RouteBatch batch, int link, long? bits, long? burstBits, int mtu)
    {
        if (bits is null)
            return;
        ulong rate = (ulong)Math.Max(1, bits.Value / 8);
        double waiting = rate * PatienceSeconds;
        uint burst = (uint)Math.Clamp(burstBits is { } asked ? asked / 8.0 : waiting, mtu + Header, uint.MaxValue / 2);
        batch.ReplaceTbf(new TbfSpec { LinkIndex = link, Rate = rate, Burst = burst, Limit = (uint)Math.Min(burst + waiting, uint.MaxValue) });
    }
}
