using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Tc;

/// <summary>A queueing discipline as the kernel lists it (RTM_NEWQDISC).</summary>
/// <param name="LinkIndex">Index of the link.</param>
/// <param name="Kind">Kind: <c>clsact</c>, <c>tbf</c>, <c>noqueue</c>.</param>
/// <param name="Handle">Handle: major number in the upper half.</param>
/// <param name="Parent">What it hangs on.</param>
public sealed record Qdisc(int LinkIndex, string Kind, uint Handle, uint Parent)
{
    /// <summary>Parent of a link's outermost qdisc (TC_H_ROOT).</summary>
    public const uint Root = linux_pkt_sched.TC_H_ROOT;

    /// <summary>Reads RTM_NEWQDISC: tcmsg, then TCA_* attributes.</summary>
    internal static bool TryRead(in NetlinkMessage message, [MaybeNullWhen(false)] out Qdisc qdisc)
    {
        qdisc = null;
        if (message.Type is not (linux_rtnetlink.RTM_NEWQDISC or linux_rtnetlink.RTM_DELQDISC))
            return false;
        tcmsg header = message.Header<tcmsg>();
        string kind = "";
        AttributeReader attributes = message.Attributes<tcmsg>();
        while (attributes.Read(out NetlinkAttribute attribute))
        {
            if (attribute.Type == linux_rtnetlink.TCA_KIND)
                kind = attribute.AsString();
        }
        qdisc = new Qdisc(header.tcm_ifindex, kind, header.tcm_handle, header.tcm_parent);
        return true;
    }
}
