namespace Fairway.Api.Docker.Wire;

/// <summary>A request about a network.</summary>
internal sealed record NetworkRequest(string NetworkID);
