using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fairway.Model.Addressing;

/// <summary>A 48-bit Ethernet address, kept as a number so that it compares and hashes as a value.</summary>
/// <param name="Value">The address in the low 48 bits, first octet most significant.</param>
public readonly record struct MacAddress(ulong Value)
{
    /// <summary>True when the group bit is clear, so the address may be given to an interface.</summary>
    public bool IsUnicast => (Value >> 40 & 1) == 0 && Value != 0;

    /// <summary>Writes the six octets in wire order.</summary>
    /// <param name="destination">At least 6 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        for (var i = 0; i < 6; i++) destination[i] = (byte)(Value >> (40 - 8 * i));
    }

    /// <summary>Reads six octets in wire order.</summary>
    /// <param name="octets">At least 6 bytes.</param>
    public static MacAddress FromBytes(ReadOnlySpan<byte> octets)
    {
        ulong value = 0;
        for (var i = 0; i < 6; i++) value = value << 8 | octets[i];
        return new MacAddress(value);
    }

    /// <summary>Parses <c>00:15:5d:01:02:03</c> (Linux) or <c>00-15-5D-01-02-03</c> (HCN).</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress address)
    {
        address = default;
        if (text is not { Length: 17 } || text[2] is not (':' or '-')) return false;
        ulong value = 0;
        for (var i = 0; i < 6; i++)
        {
            if (i > 0 && text[3 * i - 1] != text[2]) return false;
            if (!byte.TryParse(text.AsSpan(3 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)) return false;
            value = value << 8 | octet;
        }
        address = new MacAddress(value);
        return true;
    }

    /// <summary>The Linux spelling: lower case, colons.</summary>
    public override string ToString() => Format(':', "x2");

    /// <summary>The HCN spelling: upper case, hyphens (HCN schema, MacAddress).</summary>
    public string ToHcnString() => Format('-', "X2");

    private string Format(char separator, string format)
    {
        Span<byte> octets = stackalloc byte[6];
        CopyTo(octets);
        return string.Join(separator, octets[0].ToString(format), octets[1].ToString(format), octets[2].ToString(format),
            octets[3].ToString(format), octets[4].ToString(format), octets[5].ToString(format));
    }
}
