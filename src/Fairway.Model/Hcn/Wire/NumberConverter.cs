using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fairway.Model.Json;

namespace Fairway.Model.Hcn.Wire;

/// <summary>
/// An enum or a set of flags that is a number on the wire. Names are read too, in any case, several of them joined by commas.
/// Bits no name stands for are kept: what they mean is for whoever reads the document to judge.
/// </summary>
internal sealed class NumberConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly string[] s_names = Enum.GetNames<TEnum>();

    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => Of(Bits(reader.GetString()!)),
        JsonTokenType.Number when reader.TryGetUInt32(out var number) => Of(number),
        _ => throw new ValueFormatException($"a {typeof(TEnum).Name} is a number from 0 to {uint.MaxValue} or names of {string.Join(", ", s_names)}"),
    };

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteNumberValue(Convert.ToUInt32(value));

    private static TEnum Of(uint number) => (TEnum)Enum.ToObject(typeof(TEnum), number);

    private static uint Bits(string text)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        uint bits = 0;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Array.Find(s_names, name => name.Equals(part, StringComparison.OrdinalIgnoreCase))
                ?? throw new ValueFormatException($"'{part}' is not one of {typeof(TEnum).Name}; use {string.Join(", ", s_names)}");
            bits |= Convert.ToUInt32(Enum.Parse<TEnum>(name));
        }
        return bits;
    }
}
