using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairway.Model.Json;

/// <summary>An enum by name. Reads names in any case and the numbers of its members; anything else is refused with the list of names.</summary>
internal sealed class EnumConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    // Asked for every enum of every rule: Enum would list its names anew each time.
    private static readonly Dictionary<string, TEnum> s_values = Enum.GetNames<TEnum>().ToDictionary(name => name, Enum.Parse<TEnum>, StringComparer.OrdinalIgnoreCase);

    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => FromName(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => FromNumber(number),
        _ => throw new ValueFormatException($"a {typeof(TEnum).Name} is written as a string; use {Names()}"),
    };

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    // Enum.TryParse would also read "6" and "Tcp,Udp": only names are meant here.
    private static TEnum FromName(string name) => s_values.TryGetValue(name, out var value) ? value : throw Unknown($"'{name}'");

    // Enum.ToObject wraps numbers too large for the underlying type.
    private static TEnum FromNumber(long number)
    {
        var value = (TEnum)Enum.ToObject(typeof(TEnum), number);
        return Enum.IsDefined(value) && Convert.ToInt64(value) == number ? value : throw Unknown(number.ToString());
    }

    private static ValueFormatException Unknown(string what) => new($"{what} is not a {typeof(TEnum).Name}; use {Names()}");

    private static string Names() => string.Join(", ", Enum.GetNames<TEnum>());
}
