using System.Net;
using System.Text;
using Fairway.Model.Addressing;

namespace Fairway.Model.Json;

/// <summary>Prefixes as they stand in a document. IPv4 is read without making a string of it first.</summary>
internal static class PrefixBytes
{
    public static bool TryParse(ReadOnlySpan<byte> text, out IPNetwork prefix) =>
        TryParseIPv4(text, out prefix) || PrefixText.TryParse(Encoding.UTF8.GetString(text), out prefix, out _);

    private static bool TryParseIPv4(ReadOnlySpan<byte> text, out IPNetwork prefix)
    {
        prefix = default;
        var address = 0u;
        for (var part = 0; part < 4; part++)
        {
            if (!TryTake(ref text, 255, out var number) || text is [] || text[0] != (part < 3 ? '.' : '/')) return false;
            address = address << 8 | number;
            text = text[1..];
        }
        if (!TryTake(ref text, 32, out var length) || text is not []) return false;
        if (length < 32 && (address & (uint.MaxValue >> (int)length)) != 0) return false;
        prefix = new IPNetwork(new IPAddress((uint)IPAddress.HostToNetworkOrder((int)address)), (int)length);
        return true;
    }

    /// <summary>Takes a decimal number, without zeroes before it, off the beginning.</summary>
    private static bool TryTake(ref ReadOnlySpan<byte> text, uint most, out uint number)
    {
        number = 0;
        var digits = 0;
        for (; digits < text.Length && digits < 4 && char.IsAsciiDigit((char)text[digits]); digits++)
            number = number * 10 + (uint)(text[digits] - '0');
        var sound = digits > 0 && number <= most && (digits == 1 || text[0] != '0');
        text = text[digits..];
        return sound;
    }
}
