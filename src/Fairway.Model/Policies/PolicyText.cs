using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Names;

namespace Fairway.Model.Policies;

/// <summary>The text forms of what access rules ask: lists separated by commas. Nothing, or <c>*</c>, is everything.</summary>
public static class PolicyText
{
    // HNS writes 256 for all protocols.
    private const int AllProtocols = 256;

    private static readonly (string Name, byte Number)[] s_protocols = [("icmp", 1), ("igmp", 2), ("tcp", 6), ("udp", 17), ("gre", 47), ("icmpv6", 58), ("sctp", 132)];

    /// <summary>Parses protocols: <c>tcp,udp</c>, <c>6,17</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="protocols">The numbers.</param>
    /// <param name="error">What is wrong and what to write instead.</param>
    public static bool TryParseProtocols(string? text, out ImmutableArray<byte> protocols, [NotNullWhen(false)] out string? error)
    {
        var numbers = ImmutableArray.CreateBuilder<byte>();
        error = null;
        foreach (var item in Items(text))
        {
            var named = s_protocols.FirstOrDefault(protocol => protocol.Name.Equals(item, StringComparison.OrdinalIgnoreCase));
            if (named.Name is not null) numbers.Add(named.Number);
            else if (int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= AllProtocols)
            {
                if (number == AllProtocols) return Everything(out protocols);
                numbers.Add((byte)number);
            }
            else error ??= $"'{item}' is no protocol; write a number from 0 to 255 or a name like tcp";
        }
        protocols = numbers.ToImmutable();
        return error is null;
    }

    /// <summary>Parses ports: <c>80,443,8000-8099</c>.</summary>
    /// <inheritdoc cref="TryParseProtocols"/>
    /// <param name="text">The text.</param>
    /// <param name="ports">The ports.</param>
    /// <param name="error">What is wrong and what to write instead.</param>
    public static bool TryParsePorts(string? text, out ImmutableArray<PortInterval> ports, [NotNullWhen(false)] out string? error)
    {
        var intervals = ImmutableArray.CreateBuilder<PortInterval>();
        error = null;
        foreach (var item in Items(text))
        {
            var dash = item.IndexOf('-');
            var (low, high) = dash < 0 ? (item, item) : (item[..dash], item[(dash + 1)..]);
            if (ushort.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && ushort.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && first <= last)
                intervals.Add(new PortInterval(first, last));
            else error ??= $"'{item}' is no port; write a number from 0 to 65535, or a range like 8000-8099";
        }
        ports = intervals.ToImmutable();
        return error is null;
    }

    /// <summary>Parses addresses: prefixes, single addresses and ids of address sets, mixed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="match">What it matches.</param>
    /// <param name="error">What is wrong and what to write instead.</param>
    public static bool TryParseAddresses(string? text, out AddressMatch match, [NotNullWhen(false)] out string? error)
    {
        var (prefixes, sets) = (ImmutableArray.CreateBuilder<IPNetwork>(), ImmutableArray.CreateBuilder<string>());
        error = null;
        foreach (var item in Items(text))
        {
            if (!LooksLikeAddress(item) && ResourceName.Check(item) is null) sets.Add(item);
            else if (TryParsePrefix(item, out var prefix, out var why)) prefixes.Add(prefix);
            else error ??= why;
        }
        match = prefixes.Count + sets.Count == 0 ? AddressMatch.Any : new AddressMatch { Prefixes = prefixes.ToImmutable(), Sets = sets.ToImmutable() };
        return error is null;
    }

    /// <summary>Parses ICMP messages: types, or types and codes: <c>8</c>, <c>3/4</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="error">What is wrong and what to write instead.</param>
    public static bool TryParseIcmp(string? text, out ImmutableArray<IcmpMessage> messages, [NotNullWhen(false)] out string? error)
    {
        var found = ImmutableArray.CreateBuilder<IcmpMessage>();
        error = null;
        foreach (var item in Items(text))
        {
            var parts = item.Split('/');
            if (parts.Length <= 2 && byte.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var type)
                && (parts.Length == 1 || byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                found.Add(new IcmpMessage(type, parts.Length == 2 ? byte.Parse(parts[1], CultureInfo.InvariantCulture) : null));
            else error ??= $"'{item}' is no ICMP message; write a type like 8, or type and code like 3/4";
        }
        messages = found.ToImmutable();
        return error is null;
    }

    /// <summary>A protocol by its name, or by its number where it has none here.</summary>
    public static string Protocol(byte number) =>
        s_protocols.FirstOrDefault(protocol => protocol.Number == number).Name ?? number.ToString(CultureInfo.InvariantCulture);

    private static bool TryParsePrefix(string text, out IPNetwork prefix, [NotNullWhen(false)] out string? error)
    {
        if (text.Contains('/')) return PrefixText.TryParse(text, out prefix, out error);
        prefix = default;
        if (!AddressText.TryParse(text, out var address, out error)) return false;
        prefix = new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
        return true;
    }

    private static bool LooksLikeAddress(string text) => text.Contains('/') || text.Contains(':') || text.All(letter => char.IsAsciiDigit(letter) || letter == '.');

    private static bool Everything(out ImmutableArray<byte> protocols)
    {
        protocols = [];
        return true;
    }

    private static string[] Items(string? text) => text is null or "*" ? [] : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
