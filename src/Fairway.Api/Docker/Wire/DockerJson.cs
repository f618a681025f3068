using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairway.Api.Docker.Wire;

/// <summary>
/// The generated contracts of Docker's plugin protocol. Newer engines say more than older ones, so unknown members are skipped; what is missing or of
/// the wrong type is refused.
/// </summary>
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ActivateAnswer))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(DriverError))]
[JsonSerializable(typeof(IpamError))]
[JsonSerializable(typeof(DriverCapabilities))]
[JsonSerializable(typeof(CreateNetworkRequest))]
[JsonSerializable(typeof(NetworkRequest))]
[JsonSerializable(typeof(EndpointRequest))]
[JsonSerializable(typeof(CreateEndpointRequest))]
[JsonSerializable(typeof(CreateEndpointAnswer))]
[JsonSerializable(typeof(EndpointInformation))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(JoinAnswer))]
[JsonSerializable(typeof(PortBinding[]))]
[JsonSerializable(typeof(IpamCapabilities))]
[JsonSerializable(typeof(AddressSpaces))]
[JsonSerializable(typeof(PoolRequest))]
[JsonSerializable(typeof(PoolAnswer))]
[JsonSerializable(typeof(PoolReference))]
[JsonSerializable(typeof(AddressRequest))]
[JsonSerializable(typeof(AddressAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DockerJson : JsonSerializerContext;
