namespace Fairway.Api.Docker.Wire;

/// <summary>What an IPAM driver needs of Docker.</summary>
internal sealed record IpamCapabilities(bool RequiresMACAddress, bool RequiresRequestReplay);
