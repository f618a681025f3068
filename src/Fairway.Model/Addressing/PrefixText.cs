using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Model.Addressing;

/// <summary>The text form of prefixes: <c>10.1.0.0/16</c>, <c>fd00:1::/64</c>, host bits zero.</summary>
public static class PrefixText
{
    /// <summary>Parses a prefix and refuses one whose host bits are set, naming the prefix that was probably meant.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="error">What is wrong with the text and what to write instead, starting with the text in quotes.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out IPNetwork prefix, [NotNullWhen(false)] out string? error)
    {
        prefix = default;
        if (string.IsNullOrEmpty(text))
        {
            error = "an empty text is not a prefix";
            return false;
        }
        var slash = text.IndexOf('/');
        if (!AddressText.TryParse(slash < 0 ? text : text[..slash], out var address, out var why))
        {
            error = $"'{text}' is not a prefix: {why}";
            return false;
        }
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0)
        {
            error = $"'{text}' has no prefix length; write {text}/{bits} for this one address";
            return false;
        }
        if (!TryParseLength(text.AsSpan(slash + 1), bits, out var length))
        {
            error = $"'{text}' has no valid prefix length; it is a number from 0 to {bits} after '/'";
            return false;
        }
        var start = address.Masked(length);
        error = start.Equals(address) ? null : $"'{text}' has host bits set; write {start}/{length}";
        if (error is null) prefix = new IPNetwork(start, length);
        return error is null;
    }

    /// <summary>Parses a prefix.</summary>
    /// <exception cref="FormatException">The text is not a prefix; the message says why.</exception>
    public static IPNetwork Parse(string text) => TryParse(text, out var prefix, out var error) ? prefix : throw new FormatException(error);

    private static bool TryParseLength(ReadOnlySpan<char> text, int bits, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= bits && !(text.Length > 1 && text[0] == '0');
}
