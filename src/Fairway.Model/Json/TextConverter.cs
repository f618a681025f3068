using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairway.Model.Json;

/// <summary>A value that is a string in JSON.</summary>
internal abstract class TextConverter<T> : JsonConverter<T>
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new ValueFormatException($"{Expected} is written as a string");
        return TryParse(reader.GetString()!, out var value, out var error) ? value : throw new ValueFormatException(error);
    }

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));

    /// <summary>What the string holds, for messages: <c>an IP address</c>.</summary>
    protected abstract string Expected { get; }

    /// <summary>Parses the string, or says what is wrong with it.</summary>
    protected abstract bool TryParse(string text, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? error);

    /// <summary>The string for a value.</summary>
    protected abstract string Format(T value);
}
