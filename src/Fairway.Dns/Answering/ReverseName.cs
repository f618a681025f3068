using System.Globalization;
using System.Net;
using System.Text;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Answering;

/// <summary>Names under in-addr.arpa and ip6.arpa: the prefix they stand for, a whole address or less.</summary>
internal static class ReverseName
{
    private const int MaxLabels = 34;

    private static readonly DomainName s_v4 = Known("in-addr.arpa");
    private static readonly DomainName s_v6 = Known("ip6.arpa");

    /// <summary>False when the name is no reverse name, or one with labels that are no digits.</summary>
    public static bool TryParse(DomainName name, out IPNetwork prefix)
    {
        prefix = default;
        if (name.IsWithin(s_v4, out int end))
            return TryParse(name.Bytes[..end], 4, 8, IsOctet, out prefix);
        return name.IsWithin(s_v6, out end) && TryParse(name.Bytes[..end], 16, 4, IsNibble, out prefix);
    }

    /// <summary>The name that asks for an address.</summary>
    public static string Of(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        if (bytes.Length == 4)
            return $"{bytes[3]}.{bytes[2]}.{bytes[1]}.{bytes[0]}.in-addr.arpa";
        var text = new StringBuilder();
        for (int i = bytes.Length - 1; i >= 0; i--)
            text.Append($"{bytes[i] & 0xf:x}.{bytes[i] >> 4:x}.");
        return text.Append("ip6.arpa").ToString();
    }

    private delegate bool Digit(ReadOnlySpan<byte> label, out int value);

    // The labels stand in reverse: the last one is the first digit of the address.
    private static bool TryParse(ReadOnlySpan<byte> labels, int addressSize, int bits, Digit digit, out IPNetwork prefix)
    {
        prefix = default;
        Span<int> starts = stackalloc int[MaxLabels];
        int count = 0;
        for (int at = 0; at < labels.Length; at += labels[at] + 1)
        {
            if (count == addressSize * 8 / bits)
                return false;
            starts[count++] = at;
        }
        Span<byte> address = stackalloc byte[addressSize];
        address.Clear();
        for (int i = 0; i < count; i++)
        {
            int start = starts[count - 1 - i];
            if (!digit(labels.Slice(start + 1, labels[start]), out int value))
                return false;
            int bit = i * bits;
            address[bit / 8] |= (byte)(value << (8 - bits - (bit % 8)));
        }
        prefix = new IPNetwork(new IPAddress(address), count * bits);
        return true;
    }

    private static bool IsOctet(ReadOnlySpan<byte> label, out int value)
    {
        bool parsed = byte.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out byte octet);
        value = octet;
        return parsed && (label.Length == 1 || label[0] != '0');
    }

    private static bool IsNibble(ReadOnlySpan<byte> label, out int value)
    {
        value = 0;
        return label.Length == 1 && int.TryParse(label, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static DomainName Known(string text) => DomainName.TryParse(text, out DomainName? name) ? name : throw new FormatException(text);
}
