using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

/// <summary>
/// Requests to be sent together in one system call (<see cref="NetlinkSocket.Send"/>). The buffer is reused after
/// <see cref="Clear"/>, so that a batch kept by its owner allocates nothing. Not thread-safe.
/// </summary>
/// <remarks>
/// Give the target as an object, not as text: its <see cref="object.ToString"/> is called only when the kernel refuses.
/// The kernel carries out the messages in order and goes on after a refused one.
/// </remarks>
public sealed class NetlinkBatch
{
    private readonly List<Entry> _entries = [];
    private byte[] _buffer = new byte[1024];
    private int _length;
    private Entry _open;

    /// <summary>How many requests the batch holds.</summary>
    public int Count => _entries.Count;

    /// <summary>The encoded requests, one behind the other. Sequence numbers are filled in when they are sent.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Begins a request; it joins the batch with <see cref="NetlinkWriter.Complete"/>.</summary>
    /// <param name="type">Message type (nlmsg_type).</param>
    /// <param name="flags">Header flags (NLM_F_*); NLM_F_REQUEST is added, and NLM_F_ACK where an answer is needed.</param>
    /// <param name="operation">What is asked, as a verb and a noun, for the error text.</param>
    /// <param name="target">What it is asked of, for the error text.</param>
    /// <returns>The writer of the request's payload.</returns>
    public NetlinkWriter Begin(ushort type, ushort flags, string operation, object target)
    {
        _open = new Entry(_length, operation, target);
        return new NetlinkWriter(this, _buffer, _length, type, (ushort)(flags | linux_netlink.NLM_F_REQUEST));
    }

    /// <summary>Forgets the requests and keeps the buffer.</summary>
    public void Clear()
    {
        _entries.Clear();
        _length = 0;
    }

    internal Span<byte> Grow(int used, int needed)
    {
        var larger = new byte[Math.Max(_buffer.Length * 2, used + needed)];
        _buffer.AsSpan(0, used).CopyTo(larger);
        return _buffer = larger;
    }

    internal void Commit(int end)
    {
        _entries.Add(_open);
        _length = end;
    }

    internal Span<byte> Slice(int first, int count)
    {
        int start = _entries[first].Offset;
        return _buffer.AsSpan(start, EndOf(first + count - 1) - start);
    }

    internal int EndOf(int index) => index + 1 < _entries.Count ? _entries[index + 1].Offset : _length;

    internal int OffsetOf(int index) => _entries[index].Offset;

    internal ref nlmsghdr Header(int index) => ref Unsafe.As<byte, nlmsghdr>(
        ref MemoryMarshal.GetReference(_buffer.AsSpan(_entries[index].Offset, Unsafe.SizeOf<nlmsghdr>())));

    internal LinuxException Error(int index, NetlinkError error)
        => new(error.Errno, _entries[index].Operation, _entries[index].Target.ToString() ?? "", error.Message);

    private readonly record struct Entry(int Offset, string Operation, object Target);
}
