using System.Diagnostics.CodeAnalysis;
using Fairway.Model.Ports;

namespace Fairway.Cli.Parsing;

/// <summary>The host side of a publication: <c>[HOSTIP:]HOST[-END][/udp]</c>, as <c>port unpublish</c> takes it. The endpoint's side may stand there too.</summary>
internal static class HostPortText
{
    public const string Syntax = "[HOSTIP:]HOST[-END][/udp]";

    public static bool TryParse(string text, [NotNullWhen(true)] out PortPublication? publication, [NotNullWhen(false)] out string? error)
    {
        var slash = text.IndexOf('/');
        var (ports, protocol) = slash < 0 ? (text, "") : (text[..slash], text[slash..]);
        var range = ports[(ports.LastIndexOf(':') + 1)..];
        // With its ports once more for the endpoint's side it is a whole publication, unless it was one already.
        return PublicationText.TryParse($"{ports}:{range}{protocol}", out publication, out error) && publication.HostPort != 0
            || PublicationText.TryParse(text, out publication, out error) && publication.HostPort != 0
            || Refuse(text, out publication, out error);
    }

    private static bool Refuse(string text, out PortPublication? publication, [NotNullWhen(false)] out string? error)
    {
        publication = null;
        error = $"'{text}' is not a published port; write {Syntax}, for example 8080 or 127.0.0.1:5353/udp";
        return false;
    }
}
