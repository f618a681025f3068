using System.Text.Json;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>A policy of schema 1: its type, and its settings beside it.</summary>
internal sealed class FlatPolicy
{
    private const string TypeMember = "Type";

    public FlatPolicy(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var member in element.EnumerateObject())
        {
            if (!member.Name.Equals(TypeMember, StringComparison.OrdinalIgnoreCase)) Members[member.Name] = member.Value;
            else if (member.Value.ValueKind == JsonValueKind.String) Type = member.Value.GetString();
        }
    }

    /// <summary>Null when it has none.</summary>
    public string? Type { get; }

    /// <summary>Everything but the type; names are found in any case, and kept as they were written.</summary>
    public Dictionary<string, JsonElement> Members { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool Is(string type) => type.Equals(Type, StringComparison.OrdinalIgnoreCase);

    /// <summary>The settings as schema 2 has them: members in the same order, some with another name.</summary>
    public JsonElement Settings(params (string One, string Two)[] names) => Renamed(Members, names);

    /// <summary>A number that is there and not 0, which is Go's way of not giving one.</summary>
    public long? Number(string name) =>
        Members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number != 0 ? number : null;

    /// <summary>A text that is there and not empty.</summary>
    public string? Text(string name) => Members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>Writes a policy of schema 1 from the settings of one of schema 2.</summary>
    public static JsonElement Write(string type, JsonElement? settings, params (string One, string Two)[] names)
    {
        var members = new List<KeyValuePair<string, JsonElement>> { KeyValuePair.Create(TypeMember, Value(type)) };
        if (settings is { ValueKind: JsonValueKind.Object } given)
            members.AddRange(given.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)));
        return Renamed(members, [.. names.Select(pair => (pair.Two, pair.One))]);
    }

    public static JsonElement Value<T>(T value) => HcnJson.ToElement(value);

    private static JsonElement Renamed(IEnumerable<KeyValuePair<string, JsonElement>> members, (string From, string To)[] names)
    {
        var written = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in members)
            written[names.FirstOrDefault(pair => pair.From.Equals(name, StringComparison.OrdinalIgnoreCase)).To ?? name] = value;
        return HcnJson.ToElement(new Dictionary<string, JsonElement>(written));
    }
}
