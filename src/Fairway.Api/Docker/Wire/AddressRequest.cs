namespace Fairway.Api.Docker.Wire;

/// <summary><c>IpamDriver.RequestAddress</c> and <c>ReleaseAddress</c>. An empty address is for the driver to choose.</summary>
internal sealed record AddressRequest(string PoolID, string? Address = null, Dictionary<string, string>? Options = null);
