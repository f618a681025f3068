using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Tc;

/// <summary>A filter as the kernel lists it (RTM_NEWTFILTER).</summary>
public sealed record TcFilter
{
    /// <summary>Index of the link.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>What it hangs on: a qdisc's handle, or one of the two sides of clsact.</summary>
    public required uint Parent { get; init; }

    /// <summary>Kind: <c>bpf</c>, <c>u32</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Order among the filters, lowest first.</summary>
    public ushort Preference { get; init; }

    /// <summary>Ethernet protocol it looks at; 3 for all (<c>linux/if_ether.h</c>).</summary>
    public ushort Protocol { get; init; }

    /// <summary>Handle; 0 in the event that tells of all filters of a preference deleted at once.</summary>
    public uint Handle { get; init; }

    /// <summary>Name of a BPF filter, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Id of a BPF filter's program, or 0.</summary>
    public uint ProgramId { get; init; }

    /// <summary>Tag of a BPF filter's program, a hash of its instructions, in hexadecimal, or null.</summary>
    public string? ProgramTag { get; init; }

    /// <summary>Class id of a BPF filter, or 0.</summary>
    public uint ClassId { get; init; }

    /// <summary>Whether a BPF filter's result is the verdict.</summary>
    public bool DirectAction { get; init; }

    /// <summary>
    /// Reads RTM_NEWTFILTER: tcmsg, then TCA_KIND and TCA_OPTIONS. The entry without a handle that stands for a preference is passed over; deleted without one, all
    /// filters of a preference went at once.
    /// </summary>
    internal static bool TryRead(in NetlinkMessage message, [MaybeNullWhen(false)] out TcFilter filter)
    {
        filter = null;
        if (message.Type is not (linux_rtnetlink.RTM_NEWTFILTER or linux_rtnetlink.RTM_DELTFILTER))
            return false;
        tcmsg header = message.Header<tcmsg>();
        if (header.tcm_handle == 0 && message.Type == linux_rtnetlink.RTM_NEWTFILTER)
            return false;
        ushort protocol = (ushort)header.tcm_info;
        filter = new TcFilter
        {
            LinkIndex = header.tcm_ifindex,
            Parent = header.tcm_parent,
            Kind = "",
            Preference = (ushort)(header.tcm_info >> 16),
            Protocol = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(protocol) : protocol,
            Handle = header.tcm_handle,
        };
        AttributeReader attributes = message.Attributes<tcmsg>();
        while (attributes.Read(out NetlinkAttribute attribute))
        {
            if (attribute.Type == linux_rtnetlink.TCA_KIND)
                filter = filter with { Kind = attribute.AsString() };
            else if (attribute.Type == linux_rtnetlink.TCA_OPTIONS && filter.Kind == "bpf")
                filter = filter.WithOptions(attribute.Nested());
        }
        return true;
    }

    private TcFilter WithOptions(AttributeReader options)
    {
        TcFilter filter = this;
        while (options.Read(out NetlinkAttribute attribute))
        {
            filter = attribute.Type switch
            {
                linux_pkt_cls.TCA_BPF_NAME => filter with { Name = attribute.AsString() },
                linux_pkt_cls.TCA_BPF_CLASSID => filter with { ClassId = attribute.AsUInt32() },
                linux_pkt_cls.TCA_BPF_ID => filter with { ProgramId = attribute.AsUInt32() },
                linux_pkt_cls.TCA_BPF_TAG => filter with { ProgramTag = Convert.ToHexStringLower(attribute.Value) },
                linux_pkt_cls.TCA_BPF_FLAGS => filter with { DirectAction = (attribute.AsUInt32() & linux_pkt_cls.TCA_BPF_FLAG_ACT_DIRECT) != 0 },
                _ => filter,
            };
        }
        return filter;
    }
}
