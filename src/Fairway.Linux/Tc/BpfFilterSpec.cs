using System.Buffers.Binary;
using Fairway.Linux.Bpf;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Tc;

/// <summary>
/// A BPF program on a link that has a clsact qdisc (<c>cls_bpf</c>). Preference and handle together name it, so the same values replace it.
/// </summary>
public sealed record BpfFilterSpec
{
    /// <summary>Index of the link.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>Side of the link.</summary>
    public required TrafficDirection Direction { get; init; }

    /// <summary>Order among the filters, 1 to 65535, lowest first.</summary>
    public required ushort Preference { get; init; }

    /// <summary>Handle, at least 1.</summary>
    public required uint Handle { get; init; }

    /// <summary>The loaded program, a classifier; the kernel keeps its own reference. Not needed for deletion.</summary>
    public BpfProgram? Program { get; init; }

    /// <summary>Name shown in listings, up to 255 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the program's result is the verdict (TC_ACT_*), rather than a class to look up.</summary>
    public bool DirectAction { get; init; } = true;

    /// <summary>
    /// Class id (TCA_BPF_CLASSID): the program reads it as <c>tc_classid</c>. 0 for none; its upper half, the major number, is of no meaning on clsact.
    /// </summary>
    public uint ClassId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name ?? "bpf"} ({Direction} of link {LinkIndex}, preference {Preference}, handle {Handle})";

    internal static uint Parent(TrafficDirection direction) => (linux_pkt_sched.TC_H_CLSACT & 0xFFFF_0000)
        | (uint)(direction == TrafficDirection.Ingress ? linux_pkt_sched.TC_H_MIN_INGRESS : linux_pkt_sched.TC_H_MIN_EGRESS);

    /// <summary>tcm_info: preference in the upper half, protocol in network byte order in the lower.</summary>
    internal void Write(ref NetlinkWriter writer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(Preference);
        ArgumentOutOfRangeException.ThrowIfZero(Handle);
        ushort protocol = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReverseEndianness((ushort)linux_if_ether.ETH_P_ALL)
            : (ushort)linux_if_ether.ETH_P_ALL;
        writer.WriteHeader(new tcmsg
        {
            tcm_ifindex = LinkIndex,
            tcm_parent = Parent(Direction),
            tcm_handle = Handle,
            tcm_info = ((uint)Preference << 16) | protocol,
        });
        writer.WriteString(linux_rtnetlink.TCA_KIND, "bpf");
    }

    internal void WriteOptions(ref NetlinkWriter writer)
    {
        if (Program is null)
            throw new ArgumentException($"filter {this} has no program");
        int options = writer.BeginNest(linux_rtnetlink.TCA_OPTIONS);
        writer.Write(linux_pkt_cls.TCA_BPF_FD, Program.Descriptor.Number);
        if (Name is not null)
            writer.WriteString(linux_pkt_cls.TCA_BPF_NAME, Name);
        if (ClassId != 0)
            writer.Write(linux_pkt_cls.TCA_BPF_CLASSID, ClassId);
        writer.Write(linux_pkt_cls.TCA_BPF_FLAGS, DirectAction ? (uint)linux_pkt_cls.TCA_BPF_FLAG_ACT_DIRECT : 0);
        writer.EndNest(options);
    }
}
