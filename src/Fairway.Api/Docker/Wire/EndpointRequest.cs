using System.Text.Json;

namespace Fairway.Api.Docker.Wire;

/// <summary>A request about an endpoint: DeleteEndpoint, EndpointOperInfo, Leave, and the two about the outside, whose Options carry the ports.</summary>
internal sealed record EndpointRequest(string NetworkID, string EndpointID, Dictionary<string, JsonElement>? Options = null);
