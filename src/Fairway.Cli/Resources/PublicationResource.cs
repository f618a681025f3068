using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Ports;

namespace Fairway.Cli.Resources;

/// <summary>Published ports on the command line. They have no names: they are found by what they publish.</summary>
internal static class PublicationResource
{
    public const string Kind = "Publication";

    public static IReadOnlyList<Column<PublicationDocument>> Columns { get; } =
    [
        new("HOST", HostSide),
        new("PROTOCOL", p => p.Protocol),
        new("ENDPOINT", p => $"{p.Network}/{p.Endpoint ?? p.EndpointId.ToString()}"),
        new("PORT", p => Range(p.EndpointPort, p.Count)),
        new("FROM", p => p.From.Count == 0 ? "anywhere" : Text.List(p.From)),
    ];

    /// <summary><c>8080->80/tcp</c>, as container tools write it.</summary>
    public static string Arrow(PublicationDocument p)
    {
        var address = p.HostAddress is null ? "" : HostAddress(p) + ":";
        return $"{address}{Range(p.HostPort, p.Count)}->{Range(p.EndpointPort, p.Count)}/{p.Protocol}";
    }

    public static PublicationDocument Document(PortPublication publication, Guid endpointId, string? endpoint, string network) => new()
    {
        Endpoint = endpoint,
        EndpointId = endpointId,
        Network = network,
        Protocol = Word(publication.Protocol),
        HostAddress = publication.HostAddress?.ToString(),
        HostPort = publication.HostPort,
        EndpointPort = publication.ContainerPort,
        Count = publication.Count,
        From = [.. publication.From.Select(prefix => prefix.ToString())],
    };

    /// <summary>The host side, as <c>port unpublish</c> takes it: <c>127.0.0.1:5353/udp</c>.</summary>
    public static string HostPort(PortPublication publication)
    {
        var document = Document(publication, Guid.Empty, null, "");
        return $"{(document.HostAddress is null ? "" : HostAddress(document) + ":")}{Range(document.HostPort, document.Count)}/{document.Protocol}";
    }

    /// <summary><c>tcp</c>, <c>udp</c>.</summary>
    public static string Word(TransportProtocol protocol) => protocol.ToString().ToLowerInvariant();

    private static string Range(int first, int count) => count == 1 ? $"{first}" : $"{first}-{first + count - 1}";

    private static string HostSide(PublicationDocument p) => $"{(p.HostAddress is null ? "*" : HostAddress(p))}:{Range(p.HostPort, p.Count)}";

    private static string HostAddress(PublicationDocument p) => p.HostAddress!.Contains(':') ? $"[{p.HostAddress}]" : p.HostAddress;
}
