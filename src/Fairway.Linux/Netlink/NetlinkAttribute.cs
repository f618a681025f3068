using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Fairway.Linux.Netlink;

/// <summary>One attribute. The typed readers throw <see cref="InvalidDataException"/> when the value is too short.</summary>
public readonly ref struct NetlinkAttribute
{
    /// <summary>An attribute with a value.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value.</param>
    public NetlinkAttribute(ushort type, ReadOnlySpan<byte> value)
    {
        Type = type;
        Value = value;
    }

    /// <summary>Attribute type, without the NLA_F_NESTED and NLA_F_NET_BYTEORDER marks.</summary>
    public ushort Type { get; }

    /// <summary>The value, without header and padding.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>The attributes inside this one.</summary>
    /// <returns>A reader at the first of them.</returns>
    public AttributeReader Nested() => new(Value);

    /// <summary>The value as a struct or integer in host byte order.</summary>
    /// <typeparam name="T">A struct with the kernel's layout; the kernel may have appended members to its own.</typeparam>
    /// <returns>The value.</returns>
    public T As<T>()
        where T : unmanaged
        => Value.Length >= Unsafe.SizeOf<T>()
            ? MemoryMarshal.Read<T>(Value)
            : throw new InvalidDataException($"netlink attribute {Type} has {Value.Length} bytes, expected {Unsafe.SizeOf<T>()}");

    /// <summary>The value as an unsigned byte.</summary>
    /// <returns>The value.</returns>
    public byte AsByte() => As<byte>();

    /// <summary>The value as a 16-bit integer in host byte order.</summary>
    /// <returns>The value.</returns>
    public ushort AsUInt16() => As<ushort>();

    /// <summary>The value as a 32-bit integer in host byte order.</summary>
    /// <returns>The value.</returns>
    public uint AsUInt32() => As<uint>();

    /// <summary>The value as a signed 32-bit integer in host byte order.</summary>
    /// <returns>The value.</returns>
    public int AsInt32() => As<int>();

    /// <summary>The value as a 64-bit integer in host byte order.</summary>
    /// <returns>The value.</returns>
    public ulong AsUInt64() => As<ulong>();

    /// <summary>The value as a 16-bit integer in network byte order.</summary>
    /// <returns>The value.</returns>
    public ushort AsUInt16BigEndian()
    {
        ushort value = As<ushort>();
        return BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>The value as UTF-8 text up to the first zero byte.</summary>
    /// <returns>The text.</returns>
    public string AsString()
    {
        int end = Value.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? Value : Value[..end]);
    }

    /// <summary>The value as an IP address.</summary>
    /// <returns>The address.</returns>
    /// <exception cref="InvalidDataException">The value has neither 4 nor 16 bytes.</exception>
    public IPAddress AsAddress()
        => Value.Length is 4 or 16
            ? new IPAddress(Value)
            : throw new InvalidDataException($"netlink attribute {Type} has {Value.Length} bytes, an IP address has 4 or 16");
}
