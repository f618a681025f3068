namespace Fairway.Api.Docker.Wire;

/// <summary><c>IpamDriver.ReleasePool</c>.</summary>
internal sealed record PoolReference(string PoolID);
