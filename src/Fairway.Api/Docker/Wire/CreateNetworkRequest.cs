using System.Text.Json;

namespace Fairway.Api.Docker.Wire;

/// <summary>
/// <c>NetworkDriver.CreateNetwork</c>. The user's <c>-o</c> options stand in Options under <c>com.docker.network.generic</c>; the network's name and
/// labels are not told.
/// </summary>
internal sealed record CreateNetworkRequest(string NetworkID, Dictionary<string, JsonElement>? Options = null, IpamData[]? IPv4Data = null, IpamData[]? IPv6Data = null);
