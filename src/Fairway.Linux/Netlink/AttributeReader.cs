using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

/// <summary>Walks attributes, of a message or nested in another attribute.</summary>
public ref struct AttributeReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins at the first attribute.</summary>
    /// <param name="attributes">Attributes one behind the other, each padded to four bytes.</param>
    public AttributeReader(ReadOnlySpan<byte> attributes) => _rest = attributes;

    /// <summary>Takes the next attribute.</summary>
    /// <param name="attribute">The attribute, when there is one.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">A length is smaller than a header or reaches beyond the message.</exception>
    public bool Read(out NetlinkAttribute attribute)
    {
        if (_rest.IsEmpty)
        {
            attribute = default;
            return false;
        }
        int size = Unsafe.SizeOf<nlattr>();
        if (_rest.Length < size)
            throw new InvalidDataException($"netlink attributes end with {_rest.Length} bytes, too few for a header");
        nlattr header = MemoryMarshal.Read<nlattr>(_rest);
        if (header.nla_len < size || header.nla_len > _rest.Length)
            throw new InvalidDataException($"netlink attribute {header.nla_type} says {header.nla_len} bytes where {_rest.Length} are left");
        attribute = new NetlinkAttribute((ushort)(header.nla_type & linux_netlink.NLA_TYPE_MASK), _rest[size..header.nla_len]);
        int padded = NetlinkAlignment.Align(header.nla_len);
        _rest = padded < _rest.Length ? _rest[padded..] : [];
        return true;
    }
}
