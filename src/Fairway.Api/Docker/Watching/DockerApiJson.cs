using System.Text.Json.Serialization;

namespace Fairway.Api.Docker.Watching;

/// <summary>The generated contracts of what is read of Docker's own API; of each document only what is used.</summary>
[JsonSerializable(typeof(DockerEvent))]
[JsonSerializable(typeof(DockerNetwork))]
[JsonSerializable(typeof(DockerNetwork[]))]
[JsonSerializable(typeof(ContainerEntry[]))]
[JsonSerializable(typeof(ContainerDetails))]
internal sealed partial class DockerApiJson : JsonSerializerContext;
