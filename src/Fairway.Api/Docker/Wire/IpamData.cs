namespace Fairway.Api.Docker.Wire;

/// <summary>One pool of a network, as its IPAM driver gave it: Pool <c>10.1.0.0/24</c>, Gateway <c>10.1.0.1/24</c>.</summary>
internal sealed record IpamData(string? AddressSpace = null, string? Pool = null, string? Gateway = null, Dictionary<string, string>? AuxAddresses = null);
