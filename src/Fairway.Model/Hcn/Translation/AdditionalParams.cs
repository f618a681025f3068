using System.Text.Json;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Translation;

/// <summary>Settings outside of the schema: what the client sent, with what the service knows better on top.</summary>
internal static class AdditionalParams
{
    public static JsonElement With<T>(JsonElement? received, T known)
        where T : HcnObject
    {
        var merged = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        if (received is { ValueKind: JsonValueKind.Object } given)
            foreach (var member in given.EnumerateObject()) merged[member.Name] = member.Value;
        foreach (var member in HcnJson.ToElement(known).EnumerateObject())
        {
            // The key keeps the client's case otherwise.
            merged.Remove(member.Name);
            merged[member.Name] = member.Value;
        }
        return HcnJson.ToElement(merged);
    }
}
