using System.Text.Json;

namespace Fairway.Api.Docker.Wire;

/// <summary><c>NetworkDriver.CreateEndpoint</c>. What of the interface is empty is for the driver to choose.</summary>
internal sealed record CreateEndpointRequest(string NetworkID, string EndpointID, EndpointInterface? Interface = null, Dictionary<string, JsonElement>? Options = null);
