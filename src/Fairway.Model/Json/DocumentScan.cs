using System.Text.Json;
using System.Text.Unicode;
using Fairway.Model.Errors;

namespace Fairway.Model.Json;

/// <summary>
/// A look over a whole document for what the serializer lets through and nothing of ours can mean: <c>null</c> as an element of an
/// array, and strings that are no text (<c>"\ud800"</c>, half of a character), which cannot even be written again.
/// </summary>
internal static class DocumentScan
{
    private const string HalfCharacter = "the string has half of a character (\\ud800 to \\udfff alone); write the other half too";

    /// <summary>The first such fault, or null. Invalid JSON ends the scan: the serializer reports it.</summary>
    public static Finding? Find(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return new Finding("$", "the document is not UTF-8; send it in this encoding", HcnErrorCode.InvalidJson);
        return IsFree(json) ? null : Describe(json);
    }

    /// <summary>The look every document gets, 100,000 rules included: it keeps nothing but which of the open containers are arrays, a bit for each.</summary>
    private static bool IsFree(ReadOnlySpan<byte> json)
    {
        var reader = Reader(json);
        var arrays = 0ul;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartArray or JsonTokenType.StartObject:
                        arrays = arrays << 1 | (reader.TokenType == JsonTokenType.StartArray ? 1ul : 0);
                        break;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        arrays >>= 1;
                        break;
                    case JsonTokenType.Null when (arrays & 1) != 0:
                    case JsonTokenType.PropertyName or JsonTokenType.String when reader.ValueIsEscaped && Text(ref reader) is null:
                        return false;
                }
            }
        }
        catch (JsonException)
        {
        }
        return true;
    }

    /// <summary>The first fault again, and where it is.</summary>
    private static Finding? Describe(ReadOnlySpan<byte> json)
    {
        var reader = Reader(json);
        var places = new Stack<Place>();
        try
        {
            while (reader.Read())
                if (Step(ref reader, places) is { } fault) return new Finding(Path(places), fault, HcnErrorCode.InvalidJson);
        }
        catch (JsonException)
        {
        }
        return null;
    }

    private static Utf8JsonReader Reader(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = FairwayJson.MaximumDepth });

    private static string? Step(ref Utf8JsonReader reader, Stack<Place> places)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                places.Pop();
                return null;
            case JsonTokenType.PropertyName:
                var name = Text(ref reader);
                places.Pop();
                places.Push(new Place(name ?? "?", 0));
                return name is null ? HalfCharacter : null;
            default:
                return Value(ref reader, places);
        }
    }

    private static string? Value(ref Utf8JsonReader reader, Stack<Place> places)
    {
        var inArray = false;
        if (places.TryPop(out var place))
        {
            inArray = place.Member is null;
            places.Push(place with { Index = place.Index + 1 });
        }
        if (reader.TokenType == JsonTokenType.StartArray) places.Push(new Place(null, -1));
        if (reader.TokenType == JsonTokenType.StartObject) places.Push(new Place("", 0));
        if (inArray && reader.TokenType == JsonTokenType.Null) return "null is not an element here; leave it out";
        return reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped && Text(ref reader) is null
            ? HalfCharacter
            : null;
    }

    // The reader answers half a character with an InvalidOperationException.
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Path(Stack<Place> places) =>
        $"${string.Concat(places.Reverse().Select(place => place.Member is null ? $"[{place.Index}]" : $".{place.Member}"))}";

    /// <summary>Where one open container stands: a member name in objects, an index in arrays (Member is null).</summary>
    private readonly record struct Place(string? Member, int Index);
}
