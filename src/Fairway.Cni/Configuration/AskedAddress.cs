using System.Globalization;
using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Cni.Configuration;

/// <summary>A static address: <c>10.1.0.9</c>, or <c>10.1.0.9/16</c> with the prefix length it must turn out to have.</summary>
internal readonly record struct AskedAddress(IPAddress Address, int? PrefixLength)
{
    /// <summary>Parses one, or says what is wrong with it.</summary>
    public static AskedAddress? TryParse(string text, out string? error)
    {
        var (address, length) = text.Split('/', 2) is [var before, var after] ? (before, after) : (text, null);
        if (!AddressText.TryParse(address, out var parsed, out error))
            return null;
        if (length is null)
            return new AskedAddress(parsed, null);
        if (int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= parsed.GetAddressBytes().Length * 8)
            return new AskedAddress(parsed, bits);
        error = $"'{text}' has no valid prefix length";
        return null;
    }
}
