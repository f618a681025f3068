using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fairway.Model.Addressing;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Json;

namespace Fairway.Api.Tests.OpenApi;

/// <summary>
/// JSON schemas of the documents, one component per record, described by the records' XML documentation. The framework's exporter
/// (JsonSchemaExporter) inlines everything and fails on parameters that default to an ImmutableArray.
/// </summary>
internal sealed class DocumentSchemas
{
    private static readonly JsonSerializerOptions s_ours = new(FairwayJson.Options) { RespectRequiredConstructorParameters = true };

    private static readonly Dictionary<Type, Func<JsonObject>> s_scalars = new()
    {
        [typeof(string)] = () => Plain("string"),
        [typeof(bool)] = () => Plain("boolean"),
        [typeof(byte)] = () => Number(byte.MinValue, byte.MaxValue),
        [typeof(ushort)] = () => Number(ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = () => Number(int.MinValue, int.MaxValue),
        [typeof(uint)] = () => Number(uint.MinValue, uint.MaxValue),
        [typeof(long)] = () => Number(long.MinValue, long.MaxValue),
        [typeof(ulong)] = () => Number(ulong.MinValue, ulong.MaxValue),
        [typeof(Guid)] = () => Plain("string", "uuid"),
        [typeof(DateTimeOffset)] = () => Plain("string", "date-time"),
        [typeof(IPAddress)] = () => Plain("string", "ip-address"),
        [typeof(IPNetwork)] = () => Plain("string", "ip-prefix"),
        [typeof(MacAddress)] = () => Plain("string", "mac-address"),
        [typeof(object)] = () => Plain("object"),
        [typeof(JsonElement)] = () => [],
    };

    private readonly SortedDictionary<string, Type> _components = new(StringComparer.Ordinal);

    /// <summary>The schema of a request or an answer.</summary>
    public JsonObject Of(Type type)
    {
        if (s_scalars.TryGetValue(type, out var scalar)) return scalar();
        if (Element(type) is { } element) return new JsonObject { ["type"] = "array", ["items"] = Of(element) };
        if (type == typeof(ImmutableDictionary<string, string>)) return new JsonObject { ["type"] = "object", ["additionalProperties"] = Plain("string") };
        var name = IsHcn(type) ? $"Hcn.{type.Name}" : type.Name;
        _components[name] = type;
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary>Every component that was referred to, and those they refer to in turn.</summary>
    public JsonObject Components()
    {
        var written = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        while (_components.FirstOrDefault(component => !written.ContainsKey(component.Key)) is { Value: { } type } next)
            written[next.Key] = Described(type.IsEnum ? Names(type) : Members(type), XmlDocumentation.OfType(type));
        return new JsonObject(written);
    }

    private JsonObject Members(Type type)
    {
        var members = (IsHcn(type) ? HcnJson.Options : s_ours).GetTypeInfo(type).Properties.Where(member => !member.IsExtensionData).ToList();
        var required = members.Where(IsRequired).Select(member => (JsonNode?)member.Name).ToArray();
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)Member(member)))),
        };
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        return schema;
    }

    private JsonObject Member(JsonPropertyInfo member)
    {
        var schema = Of(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType);
        if (member.IsGetNullable || Nullable.GetUnderlyingType(member.PropertyType) is not null) schema = OrNull(schema);
        return Described(schema, member.AttributeProvider is MemberInfo property ? XmlDocumentation.OfMember(property) : null);
    }

    private static bool IsRequired(JsonPropertyInfo member) =>
        member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false };

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["type"] is not { } type) return new JsonObject { ["anyOf"] = new JsonArray(schema, Plain("null")) };
        schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        return schema;
    }

    /// <summary>The schema of HCN has types of its own, some of them with the names of ours.</summary>
    private static bool IsHcn(Type type) => type.Namespace!.StartsWith("Fairway.Model.Hcn", StringComparison.Ordinal);

    /// <summary>Flags and protocols of HCN are numbers, with names read too; all other enums are names.</summary>
    private static JsonObject Names(Type type) => type.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType?.Name == "NumberConverter`1"
        ? Number(uint.MinValue, uint.MaxValue)
        : new() { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => JsonValue.Create(name))]) };

    private static JsonObject Plain(string type, string? format = null)
    {
        var schema = new JsonObject { ["type"] = type };
        if (format is not null) schema["format"] = format;
        return schema;
    }

    private static JsonObject Number(decimal minimum, decimal maximum) => new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };

    private static JsonObject Described(JsonObject schema, string? description)
    {
        if (description is not null) schema["description"] = description;
        return schema;
    }

    private static Type? Element(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() is { } generic && (generic == typeof(IReadOnlyList<>) || generic == typeof(ImmutableArray<>))
            ? type.GetGenericArguments()[0]
            : null;
}
