using System.Text.Json.Serialization;

namespace Fairway.Netavark.Documents;

/// <summary>The contracts of netavark's documents.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContainerDocument))]
[JsonSerializable(typeof(CreationDocument))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(NamedDocument))]
[JsonSerializable(typeof(NetworkDocument))]
[JsonSerializable(typeof(PerNetworkOptions))]
[JsonSerializable(typeof(PluginDocument))]
[JsonSerializable(typeof(PluginVersion))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, StatusDocument>))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(VersionDocument))]
internal sealed partial class NetavarkJson : JsonSerializerContext;
