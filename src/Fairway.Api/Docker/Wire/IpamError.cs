namespace Fairway.Api.Docker.Wire;

/// <summary>The error form of the IPAM driver: <c>{"Error":"..."}</c>.</summary>
internal sealed record IpamError(string Error);
