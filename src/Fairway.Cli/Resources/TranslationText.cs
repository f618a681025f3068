using System.Collections.Immutable;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Endpoints;

namespace Fairway.Cli.Resources;

/// <summary>How packets are translated, on the command line.</summary>
internal static class TranslationText
{
    public static IReadOnlyList<TranslationDocument> Documents(ImmutableArray<OutboundNat> settings) =>
    [
        .. settings.Select(t => new TranslationDocument(t.IPv6 ? "IPv6" : "IPv4", t.VirtualAddress?.ToString(),
            [.. t.Destinations.Select(prefix => prefix.ToString())], [.. t.Exceptions.Select(prefix => prefix.ToString())], t.MaxPortPoolUsage)),
    ];

    public static IEnumerable<(string Label, string? Value)> Fields(IReadOnlyList<TranslationDocument> translation) =>
        translation.Select((t, i) => (i == 0 ? "Translation" : "", (string?)Sentence(t)));

    private static string Sentence(TranslationDocument t) =>
        $"{t.Family}{(t.Source is null ? "" : $" as {t.Source}")}{(t.Destinations.Count == 0 ? "" : $", only for {Text.List(t.Destinations)}")}{(t.Exceptions.Count == 0 ? "" : $", not for {Text.List(t.Exceptions)}")}"
        + (t.PortPoolUsage is { } percent ? $", with {percent} % of the ports" : "");
}
