using System.Text.Json;

namespace Fairway.Api.Docker.Wire;

/// <summary><c>NetworkDriver.Join</c>. The sandbox may not exist yet.</summary>
internal sealed record JoinRequest(string NetworkID, string EndpointID, string SandboxKey, Dictionary<string, JsonElement>? Options = null);
