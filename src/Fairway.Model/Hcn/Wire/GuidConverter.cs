using System.Text.Json;
using System.Text.Json.Serialization;
using Fairway.Model.Errors;
using Fairway.Model.Json;

namespace Fairway.Model.Hcn.Wire;

/// <summary>Ids: 36 characters without braces, read in any case, written in upper case as HNS does. An empty string is no id.</summary>
internal sealed class GuidConverter : JsonConverter<Guid>
{
    public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new ValueFormatException("an id is written as a string", HcnErrorCode.GuidConversionFailure);
        var text = reader.GetString()!;
        if (text.Length == 0) return Guid.Empty;
        return Guid.TryParseExact(text, "D", out var id)
            ? id
            : throw new ValueFormatException($"'{text}' is not a GUID; write one like 7F0C3F52-2F0D-4A0E-9D3F-0C1D2E3F4A5B", HcnErrorCode.GuidConversionFailure);
    }

    public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(HcnId.Format(value));
}
