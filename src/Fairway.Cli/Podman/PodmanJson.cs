using System.Text.Json.Serialization;

namespace Fairway.Cli.Podman;

/// <summary>The generated contract of Podman's network files.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PodmanNetwork))]
internal sealed partial class PodmanJson : JsonSerializerContext;
