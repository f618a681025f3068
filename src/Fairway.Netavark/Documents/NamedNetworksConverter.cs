using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairway.Netavark.Documents;

/// <summary>
/// Reads which networks a container joins. Up to Podman 5 an object, whose order means nothing: it is put into the order of the interfaces' names. Later an array in order.
/// <code>
/// {"web": {"interface_name": "eth0"}, "db": {"interface_name": "eth1"}}
/// [{"name": "web", "interface_name": "eth0"}, {"name": "db", "interface_name": "eth1"}]
/// </code>
/// </summary>
internal sealed class NamedNetworksConverter : JsonConverter<IReadOnlyList<NamedNetworkOptions>>
{
    public override IReadOnlyList<NamedNetworkOptions> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var networks = new List<NamedNetworkOptions>();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                networks.Add(ReadElement(ref reader));
            return networks;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("networks are an object by name, or an array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            networks.Add(new NamedNetworkOptions(name, Options(ref reader)));
        }
        return [.. networks.OrderBy(network => network.Options.InterfaceName.Length).ThenBy(network => network.Options.InterfaceName, StringComparer.Ordinal)];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<NamedNetworkOptions> value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static NamedNetworkOptions ReadElement(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        var name = JsonSerializer.Deserialize(ref ahead, NetavarkJson.Default.NamedDocument)!.Name;
        return new NamedNetworkOptions(name, Options(ref reader));
    }

    private static PerNetworkOptions Options(ref Utf8JsonReader reader) =>
        JsonSerializer.Deserialize(ref reader, NetavarkJson.Default.PerNetworkOptions) ?? throw new JsonException("a network's options are an object");
}
