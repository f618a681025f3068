namespace Fairway.Api.Docker.Wire;

/// <summary><c>IpamDriver.RequestPool</c>: Pool is <c>--subnet</c>, SubPool <c>--ip-range</c>, Options are those of <c>--ipam-opt</c>.</summary>
internal sealed record PoolRequest(string? AddressSpace = null, string? Pool = null, string? SubPool = null, Dictionary<string, string>? Options = null, bool V6 = false);
