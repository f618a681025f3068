using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;

namespace Fairway.Model.Ports;

/// <summary>
/// The text form of a publication: <c>[HOSTIP:]HOST[-END]:CONTAINER[-END][/udp]</c>, IPv6 host addresses in brackets.
/// Examples: <c>8080:80</c>, <c>127.0.0.1:5353:53/udp</c>, <c>[fd00::1]:8000-8010:9000-9010</c>, <c>0:80</c> for a free host port.
/// </summary>
public static class PublicationText
{
    private const string Form = "write [HOSTIP:]HOST[-END]:CONTAINER[-END][/udp], for example 8080:80";

    /// <summary>Parses a publication.</summary>
    /// <param name="text">The text.</param>
    /// <param name="publication">The publication, open to everyone.</param>
    /// <param name="error">What is wrong with the text and what to write instead, starting with the text in quotes.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PortPublication? publication, [NotNullWhen(false)] out string? error)
    {
        try
        {
            publication = Parse(text ?? "");
            error = null;
            return true;
        }
        catch (FormatException problem)
        {
            publication = null;
            error = problem.Message;
            return false;
        }
    }

    /// <summary>Parses a publication.</summary>
    /// <exception cref="FormatException">The text is not a publication; the message says why.</exception>
    public static PortPublication Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (rest, protocol) = CutProtocol(text);
        var (ports, address) = CutAddress(text, rest);
        if (ports.Split(':') is not [var hostText, var containerText])
            throw Wrong(text, ports.Contains(':') ? "has too many parts; IPv6 host addresses stand in brackets" : "has no ':' between host port and container port");
        var host = ParseRange(text, hostText, "host port", lowest: 0);
        var container = ParseRange(text, containerText, "container port", lowest: 1);
        if (host.Count != container.Count)
            throw new FormatException($"'{text}' maps {Counted(host.Count, "host port")} to {Counted(container.Count, "container port")}; make both ranges equally long");
        if (host.First == 0 && host.Count > 1)
            throw new FormatException($"'{text}' starts its range at host port 0; a free port is asked for one at a time, as 0:{container.First}");
        return new PortPublication
        {
            Protocol = protocol,
            HostAddress = address,
            HostPort = host.First,
            ContainerPort = container.First,
            Count = host.Count,
        };
    }

    /// <summary>The text of a publication; who may use it is not part of it.</summary>
    public static string Format(PortPublication publication)
    {
        ArgumentNullException.ThrowIfNull(publication);
        var address = publication.HostAddress switch
        {
            null => "",
            { AddressFamily: AddressFamily.InterNetworkV6 } v6 => $"[{v6}]:",
            var v4 => $"{v4}:",
        };
        var protocol = publication.Protocol == TransportProtocol.Tcp ? "" : $"/{publication.Protocol.ToString().ToLowerInvariant()}";
        return $"{address}{Range(publication.HostPort, publication.Count)}:{Range(publication.ContainerPort, publication.Count)}{protocol}";
    }

    private static (string Ports, TransportProtocol Protocol) CutProtocol(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0) return (text, TransportProtocol.Tcp);
        return text[(slash + 1)..].ToLowerInvariant() switch
        {
            "tcp" => (text[..slash], TransportProtocol.Tcp),
            "udp" => (text[..slash], TransportProtocol.Udp),
            var other => throw new FormatException($"'{text}' names the protocol '{other}'; only tcp and udp ports can be published"),
        };
    }

    private static (string Ports, IPAddress? Address) CutAddress(string text, string rest)
    {
        if (rest.StartsWith('['))
        {
            var close = rest.IndexOf("]:", StringComparison.Ordinal);
            if (close < 0) throw Wrong(text, "has a '[' without ']:' behind the address");
            if (!AddressText.TryParse(rest[1..close], out var v6, out var wrong)) throw new FormatException($"'{text}': {wrong}");
            if (v6.AddressFamily != AddressFamily.InterNetworkV6) throw Wrong(text, "has an IPv4 address in brackets; leave the brackets out");
            return (rest[(close + 2)..], v6);
        }
        if (rest.Split(':') is not [var first, _, _]) return (rest, null);
        if (!AddressText.TryParse(first, out var address, out var error)) throw new FormatException($"'{text}': {error}");
        return (rest[(first.Length + 1)..], address);
    }

    private static (ushort First, int Count) ParseRange(string text, string range, string what, int lowest)
    {
        var dash = range.IndexOf('-');
        var first = ParsePort(text, dash < 0 ? range : range[..dash], what, lowest);
        if (dash < 0) return (first, 1);
        var last = ParsePort(text, range[(dash + 1)..], what, lowest);
        return last >= first ? (first, last - first + 1) : throw new FormatException($"'{text}' has a range that ends before it starts; write {last}-{first}");
    }

    private static ushort ParsePort(string text, string digits, string what, int lowest) =>
        ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port >= lowest
            ? port
            : throw new FormatException($"'{text}' has '{digits}' for a {what}; it is a number from {lowest} to 65535");

    private static string Range(ushort first, int count) => count == 1 ? $"{first}" : $"{first}-{first + count - 1}";

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static FormatException Wrong(string text, string what) => new($"'{text}' {what}; {Form}");
}
