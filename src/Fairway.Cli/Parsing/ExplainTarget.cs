using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Explain;

namespace Fairway.Cli.Parsing;

/// <summary>What a packet is explained towards: <c>DEST:PORT[/udp]</c>, <c>[V6]:PORT[/udp]</c> or <c>DEST/icmp</c>.</summary>
/// <param name="Destination">Address or name.</param>
/// <param name="Port">The port; null for ICMP.</param>
/// <param name="Protocol">The protocol.</param>
internal sealed record ExplainTarget(string Destination, ushort? Port, ExplainProtocol Protocol)
{
    public const string Syntax = "DEST:PORT[/udp]";

    private const string Examples = "write DEST:PORT for TCP, DEST:PORT/udp, or DEST/icmp; an IPv6 address stands in brackets: [fd00::2]:80";

    public static bool TryParse(string text, [NotNullWhen(true)] out ExplainTarget? target, [NotNullWhen(false)] out string? error)
    {
        (target, error) = Read(text);
        return target is not null;
    }

    private static (ExplainTarget? Target, string? Error) Read(string text)
    {
        var (rest, protocol) = Protocols(text);
        if (protocol == ExplainProtocol.Icmp)
            return rest.Length > 0 ? (new ExplainTarget(Bare(rest), null, protocol), null) : (null, $"'{text}' names nobody; {Examples}");
        var colon = rest.LastIndexOf(':');
        var (host, digits) = colon < 0 ? (rest, "") : (rest[..colon], rest[(colon + 1)..]);
        if (IPAddress.TryParse(rest, out var whole) && whole.AddressFamily == AddressFamily.InterNetworkV6 && !rest.Contains("]:"))
            return (null, $"'{text}' has no port; {Examples}");
        if (host.Length == 0 || digits.Length == 0)
            return (null, $"'{text}' has no {(host.Length == 0 ? "destination" : "port")}; {Examples}");
        return ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? (new ExplainTarget(Bare(host), port, protocol), null)
            : (null, $"'{text}' has '{digits}' for a port; it is a number from 1 to 65535");
    }

    /// <summary>A slash may also stand between network and name.</summary>
    private static (string Target, ExplainProtocol Protocol) Protocols(string text)
    {
        foreach (var protocol in Enum.GetValues<ExplainProtocol>())
        {
            var suffix = $"/{protocol}";
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return (text[..^suffix.Length], protocol);
        }
        return (text, ExplainProtocol.Tcp);
    }

    private static string Bare(string host) => host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
}
