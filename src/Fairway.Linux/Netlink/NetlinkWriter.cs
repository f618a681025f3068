using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

/// <summary>
/// Writes one netlink message: header, family header, attributes, all padded to four bytes (<c>linux/netlink.h</c>).
/// <code>
/// | nlmsg_len | type | flags | seq | pid | family header | nla_len type value pad | nla_len type value pad | ...
/// </code>
/// Made by <see cref="NetlinkBatch.Begin"/> it grows the batch's buffer; made over a span it throws when the span is full.
/// Finish with <see cref="Complete"/>.
/// </summary>
public ref struct NetlinkWriter
{
    private readonly NetlinkBatch? _batch;
    private readonly int _start;
    private Span<byte> _buffer;
    private int _position;

    /// <summary>Begins a message at the start of a span of the caller's.</summary>
    /// <param name="buffer">Where the message goes.</param>
    /// <param name="type">Message type (nlmsg_type).</param>
    /// <param name="flags">Header flags (NLM_F_*).</param>
    public NetlinkWriter(Span<byte> buffer, ushort type, ushort flags)
        : this(null, buffer, 0, type, flags)
    {
    }

    internal NetlinkWriter(NetlinkBatch? batch, Span<byte> buffer, int start, ushort type, ushort flags)
    {
        _batch = batch;
        _buffer = buffer;
        _start = start;
        _position = start;
        WriteHeader(new nlmsghdr { nlmsg_type = type, nlmsg_flags = flags });
    }

    /// <summary>Bytes written so far, header and padding included.</summary>
    public readonly int Length => _position - _start;

    /// <summary>Appends a fixed header (the family header, or one inside an attribute), padded to four bytes.</summary>
    /// <typeparam name="T">A struct with the kernel's layout.</typeparam>
    /// <param name="header">The header.</param>
    public void WriteHeader<T>(in T header)
        where T : unmanaged
        => MemoryMarshal.Write(Reserve(Unsafe.SizeOf<T>()), in header);

    /// <summary>Appends an attribute holding an integer or struct in host byte order.</summary>
    /// <typeparam name="T">An integer, or a struct with the kernel's layout.</typeparam>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">The value.</param>
    public void Write<T>(ushort type, in T value)
        where T : unmanaged
        => MemoryMarshal.Write(ReserveAttribute(type, Unsafe.SizeOf<T>()), in value);

    /// <summary>Appends an attribute holding bytes.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">At most 65,531 bytes.</param>
    public void WriteBytes(ushort type, scoped ReadOnlySpan<byte> value)
        => value.CopyTo(ReserveAttribute(type, value.Length));

    /// <summary>Appends an attribute holding a string in UTF-8 with its terminating zero.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">The text.</param>
    public void WriteString(ushort type, string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        Span<byte> target = ReserveAttribute(type, length + 1);
        Encoding.UTF8.GetBytes(value, target);
        target[length] = 0;
    }

    /// <summary>Appends an attribute holding a 16-bit integer in network byte order.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="value">The value.</param>
    public void WriteBigEndian(ushort type, ushort value)
        => BinaryPrimitives.WriteUInt16BigEndian(ReserveAttribute(type, sizeof(ushort)), value);

    /// <summary>Appends an attribute holding an IP address: 4 or 16 bytes.</summary>
    /// <param name="type">Attribute type.</param>
    /// <param name="address">The address.</param>
    public void WriteAddress(ushort type, IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out int length))
            throw new ArgumentException("an IP address has 4 or 16 bytes", nameof(address));
        WriteBytes(type, bytes[..length]);
    }

    /// <summary>Appends an attribute without a value, which is true by being there.</summary>
    /// <param name="type">Attribute type.</param>
    public void WriteFlag(ushort type) => ReserveAttribute(type, 0);

    /// <summary>Opens an attribute that holds attributes.</summary>
    /// <param name="type">Attribute type; pass NLA_F_NESTED along where the family asks for it.</param>
    /// <returns>What <see cref="EndNest"/> needs.</returns>
    public int BeginNest(ushort type)
    {
        int offset = _position - _start;
        ReserveAttribute(type, 0);
        return offset;
    }

    /// <summary>Closes the attribute opened last.</summary>
    /// <param name="nest">What <see cref="BeginNest"/> returned.</param>
    public readonly void EndNest(int nest)
    {
        int length = _position - _start - nest;
        if (length > ushort.MaxValue)
            throw new InvalidOperationException($"a netlink attribute holds at most 65535 bytes, this one has {length}");
        ushort value = (ushort)length;
        MemoryMarshal.Write(_buffer[(_start + nest)..], in value);
    }

    /// <summary>Writes the message's length into its header, and hands it to the batch it was begun in.</summary>
    /// <returns>The message's length in bytes.</returns>
    public readonly int Complete()
    {
        uint length = (uint)Length;
        MemoryMarshal.Write(_buffer[_start..], in length);
        _batch?.Commit(_position);
        return Length;
    }

    private Span<byte> ReserveAttribute(ushort type, int length)
    {
        int total = Unsafe.SizeOf<nlattr>() + length;
        if (total > ushort.MaxValue)
            throw new ArgumentException($"a netlink attribute holds at most 65531 bytes, not {length}", nameof(length));
        Span<byte> target = Reserve(total);
        var header = new nlattr { nla_len = (ushort)total, nla_type = type };
        MemoryMarshal.Write(target, in header);
        return target[Unsafe.SizeOf<nlattr>()..];
    }

    private Span<byte> Reserve(int length)
    {
        int padded = NetlinkAlignment.Align(length);
        if (_buffer.Length - _position < padded)
            Grow(padded);
        Span<byte> target = _buffer.Slice(_position, padded);
        target[length..].Clear();
        _position += padded;
        return target[..length];
    }

    private void Grow(int needed)
    {
        if (_batch is null)
            throw new InvalidOperationException($"the message does not fit into {_buffer.Length} bytes");
        _buffer = _batch.Grow(_position, needed);
    }
}
