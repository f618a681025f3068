using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Json;

namespace Fairway.Model.Hcn.Wire;

/// <summary>An enum that is a name on the wire. Names are read in any case, and numbers as positions in the schema's list.</summary>
internal sealed class NameConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly string[] s_names = Enum.GetNames<TEnum>();
    private static readonly TEnum[] s_values = Enum.GetValues<TEnum>();

    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => FromText(reader.GetString()!),
        JsonTokenType.Number when reader.TryGetInt32(out var position) => FromPosition(position),
        _ => throw Refusal($"a {typeof(TEnum).Name} is a name or a number"),
    };

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    private static TEnum FromText(string text)
    {
        var index = Array.FindIndex(s_names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (index >= 0) return Enum.Parse<TEnum>(s_names[index]);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? FromPosition(position) : throw Refusal($"'{text}' is not a {typeof(TEnum).Name}");
    }

    private static TEnum FromPosition(int position) =>
        position >= 0 && position < s_values.Length ? s_values[position] : throw Refusal($"{position} is not a {typeof(TEnum).Name}");

    private static ValueFormatException Refusal(string what) => new($"{what}; use {string.Join(", ", s_names)}", Code());

    private static uint Code() =>
        typeof(TEnum) == typeof(NetworkMode) ? HcnErrorCode.InvalidNetworkType
        : typeof(TEnum) == typeof(NetworkPolicyType) || typeof(TEnum) == typeof(EndpointPolicyType) || typeof(TEnum) == typeof(SubnetPolicyType) ? HcnErrorCode.InvalidPolicyType
        : HcnErrorCode.InvalidJson;
}
