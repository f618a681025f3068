using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fairway.Linux;

/// <summary>A 48-bit Ethernet address.</summary>
public readonly record struct MacAddress : IParsable<MacAddress>
{
    private readonly ulong _value;

    /// <summary>The address whose six bytes are the low 48 bits of a number, first byte highest.</summary>
    /// <param name="value">Below 2^48.</param>
    public MacAddress(ulong value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 0xFFFF_FFFF_FFFFUL);
        _value = value;
    }

    /// <summary>The address made of six bytes in wire order.</summary>
    /// <param name="bytes">Six bytes.</param>
    public MacAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 6)
            throw new ArgumentException($"an Ethernet address has 6 bytes, not {bytes.Length}", nameof(bytes));
        _value = ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
    }

    /// <summary>The address as a number, first byte highest.</summary>
    public ulong Value => _value;

    /// <summary>Whether it addresses a group (the lowest bit of the first byte), the broadcast address included.</summary>
    public bool IsMulticast => (_value & 0x0100_0000_0000UL) != 0;

    /// <summary>Writes the six bytes in wire order.</summary>
    /// <param name="destination">At least six bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(_value >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(destination[2..], (uint)_value);
    }

    /// <summary>Reads <c>02:00:5e:10:00:00</c>; hyphens are accepted too.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The text is not an Ethernet address.</exception>
    public static MacAddress Parse(string s, IFormatProvider? provider = null)
        => TryParse(s, provider, out MacAddress result) ? result : throw new FormatException($"'{s}' is not an Ethernet address; write it as 02:00:5e:10:00:00");

    /// <summary>Reads <c>02:00:5e:10:00:00</c>; hyphens are accepted too.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The address.</param>
    /// <returns>False if the text is not an Ethernet address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MacAddress result)
    {
        result = default;
        if (s is not { Length: 17 } || s[2] is not (':' or '-'))
            return false;
        ulong value = 0;
        for (int i = 0; i < 6; i++)
        {
            if (i > 0 && s[(3 * i) - 1] != s[2])
                return false;
            if (!byte.TryParse(s.AsSpan(3 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte part))
                return false;
            value = (value << 8) | part;
        }
        result = new MacAddress(value);
        return true;
    }

    /// <summary>The usual text, lower case with colons.</summary>
    /// <returns><c>02:00:5e:10:00:00</c>.</returns>
    public override string ToString() => string.Create(17, _value, static (text, value) =>
    {
        const string Digits = "0123456789abcdef";
        for (int i = 0; i < 6; i++)
        {
            int part = (int)(value >> (40 - (8 * i))) & 0xFF;
            text[3 * i] = Digits[part >> 4];
            text[(3 * i) + 1] = Digits[part & 0xF];
            if (i < 5)
                text[(3 * i) + 2] = ':';
        }
    });
}
