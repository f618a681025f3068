using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Tc;

/// <summary>A token bucket as the outermost qdisc of a link: it slows down what the link sends (<c>tc-tbf(8)</c>).</summary>
public sealed record TbfSpec
{
    /// <summary>Index of the link.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>Rate in bytes per second, at least 1.</summary>
    public required ulong Rate { get; init; }

    /// <summary>Bucket size in bytes: what may be sent at once. Larger than the largest packet; with segmentation offload 64 KiB or more.</summary>
    public required uint Burst { get; init; }

    /// <summary>Bytes that may wait; more are dropped.</summary>
    public required uint Limit { get; init; }

    /// <summary>Handle, major number in the upper half.</summary>
    public uint Handle { get; init; } = 0x0001_0000;

    /// <inheritdoc/>
    public override string ToString() => $"tbf on link {LinkIndex}";

    internal void Write(ref NetlinkWriter writer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(Rate);
        ArgumentOutOfRangeException.ThrowIfZero(Burst);
        writer.WriteHeader(new tcmsg { tcm_ifindex = LinkIndex, tcm_parent = linux_pkt_sched.TC_H_ROOT, tcm_handle = Handle });
        writer.WriteString(linux_rtnetlink.TCA_KIND, "tbf");
        int options = writer.BeginNest(linux_rtnetlink.TCA_OPTIONS);
        // A link layer that is named spares the rate table (TCA_TBF_RTAB). The buffer is in units of 64 ns of sending time.
        UInt128 ticks = (UInt128)Burst * 1_000_000_000 / Rate / 64;
        writer.Write(linux_pkt_sched.TCA_TBF_PARMS, new tc_tbf_qopt
        {
            rate = new tc_ratespec { linklayer = linux_pkt_sched.TC_LINKLAYER_ETHERNET, rate = (uint)Math.Min(Rate, uint.MaxValue) },
            limit = Limit,
            buffer = (uint)UInt128.Min(ticks, uint.MaxValue),
        });
        writer.Write(linux_pkt_sched.TCA_TBF_BURST, Burst);
        if (Rate > uint.MaxValue)
            writer.Write(linux_pkt_sched.TCA_TBF_RATE64, Rate);
        writer.EndNest(options);
    }
}
