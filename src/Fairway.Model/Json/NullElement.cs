using System.Text.Json;
using Fairway.Model.Errors;

namespace Fairway.Model.Json;

/// <summary>
/// Finds <c>null</c> standing as an element of an array. No document of ours means anything by it, and the serializer lets it
/// through into arrays whose elements are declared not to be null.
/// </summary>
internal static class NullElement
{
    /// <summary>What to say about such an element.</summary>
    public static Finding Finding(string path) => new(path, "null is not an element here; leave it out", HcnErrorCode.InvalidJson);

    /// <summary>The path of the first such element, or null. Invalid JSON ends the search: the serializer reports it.</summary>
    public static string? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = FairwayJson.MaximumDepth });
        var places = new Stack<Place>();
        try
        {
            while (reader.Read())
                if (Step(ref reader, places)) return Path(places);
        }
        catch (JsonException)
        {
        }
        return null;
    }

    private static bool Step(ref Utf8JsonReader reader, Stack<Place> places)
    {
        if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
        {
            places.Pop();
            return false;
        }
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            places.Pop();
            places.Push(new Place(reader.GetString(), 0));
            return false;
        }
        if (places.TryPop(out var place)) places.Push(place with { Index = place.Index + 1 });
        if (reader.TokenType == JsonTokenType.StartArray) places.Push(new Place(null, -1));
        if (reader.TokenType == JsonTokenType.StartObject) places.Push(new Place("", 0));
        return reader.TokenType == JsonTokenType.Null && place is { Member: null } && places.Count > 0;
    }

    private static string Path(Stack<Place> places) =>
        $"${string.Concat(places.Reverse().Select(place => place.Member is null ? $"[{place.Index}]" : $".{place.Member}"))}";

    /// <summary>Where one open container stands: a member name in objects, an index in arrays (Member is null).</summary>
    private readonly record struct Place(string? Member, int Index);
}
