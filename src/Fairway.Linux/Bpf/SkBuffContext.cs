using System.Collections.Immutable;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>
/// The fields of <c>struct __sk_buff</c> that a test run may set and gets back. The kernel refuses all others, a filter's class id
/// (<c>tc_classid</c>) included.
/// </summary>
public sealed record SkBuffContext
{
    /// <summary>Packet mark.</summary>
    public uint Mark { get; init; }

    /// <summary>Priority.</summary>
    public uint Priority { get; init; }

    /// <summary>Index of the link the packet came in by; 0 for none.</summary>
    public int IngressIfIndex { get; init; }

    /// <summary>Index of the link the program runs on, which must exist in the caller's namespace; 0 for its loopback.</summary>
    public int IfIndex { get; init; }

    /// <summary>Scratch space (<c>cb</c>), up to five words.</summary>
    public ImmutableArray<uint> Cb { get; init; } = [];

    /// <summary>Time stamp in nanoseconds.</summary>
    public ulong TimeStamp { get; init; }

    /// <summary>Length on the wire in bytes; 0 for the packet's.</summary>
    public uint WireLength { get; init; }

    /// <summary>Number of segments of a packet that is to be segmented.</summary>
    public uint GsoSegments { get; init; }

    /// <summary>Payload bytes of a segment; 0 for a packet that is whole.</summary>
    public uint GsoSize { get; init; }

    internal unsafe __sk_buff ToKernel()
    {
        if (Cb.Length > 5)
            throw new ArgumentException($"cb has 5 words, not {Cb.Length}");
        var result = new __sk_buff
        {
            mark = Mark,
            priority = Priority,
            ingress_ifindex = (uint)IngressIfIndex,
            ifindex = (uint)IfIndex,
            tstamp = TimeStamp,
            wire_len = WireLength,
            gso_segs = GsoSegments,
            gso_size = GsoSize,
        };
        for (int i = 0; i < Cb.Length; i++)
            result.cb[i] = Cb[i];
        return result;
    }

    internal static unsafe SkBuffContext FromKernel(in __sk_buff context) => new()
    {
        Mark = context.mark,
        Priority = context.priority,
        IngressIfIndex = (int)context.ingress_ifindex,
        IfIndex = (int)context.ifindex,
        Cb = [context.cb[0], context.cb[1], context.cb[2], context.cb[3], context.cb[4]],
        TimeStamp = context.tstamp,
        WireLength = context.wire_len,
        GsoSegments = context.gso_segs,
        GsoSize = context.gso_size,
    };
}
