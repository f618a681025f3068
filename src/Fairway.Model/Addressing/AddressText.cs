using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Model.Addressing;

/// <summary>
/// The text form of IP addresses. Stricter than <see cref="IPAddress.Parse(string)"/>, which reads <c>10.1</c> as 10.0.0.1
/// and <c>010.0.0.1</c> as 8.0.0.1: here an address has one spelling per family.
/// </summary>
public static class AddressText
{
    /// <summary>Parses four decimal octets without leading zeros, or an IPv6 address without a zone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address.</param>
    /// <param name="error">What is wrong with the text and what to write instead, starting with the text in quotes.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out IPAddress? address, [NotNullWhen(false)] out string? error)
    {
        address = null;
        error = null;
        if (string.IsNullOrEmpty(text))
            error = "an empty text is not an IP address";
        else if (text.Contains('/'))
            error = $"'{text}' is a prefix; write an address without '/'";
        else if (text.Contains('%'))
            error = $"'{text}' carries a zone; write the address without '%'";
        else if (text.Contains('[') || !IPAddress.TryParse(text, out var parsed))
            error = $"'{text}' is not an IP address";
        else if (parsed.AddressFamily == AddressFamily.InterNetwork && parsed.ToString() != text)
            error = text.Split('.').Length == 4
                ? $"'{text}' is ambiguous; write its four octets as decimal numbers without leading zeros"
                : $"'{text}' is not an IP address; write four octets, for example {parsed}";
        else if (parsed.IsIPv4MappedToIPv6)
            error = $"'{text}' is an IPv4 address in IPv6 form; write {parsed.MapToIPv4()}";
        else
            address = parsed;
        return address is not null;
    }

    /// <summary>Parses an address.</summary>
    /// <exception cref="FormatException">The text is not an address; the message says why.</exception>
    public static IPAddress Parse(string text) => TryParse(text, out var address, out var error) ? address : throw new FormatException(error);
}
