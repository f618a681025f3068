namespace Fairway.Api.Docker.Wire;

/// <summary>An address with the pool's prefix length.</summary>
internal sealed record AddressAnswer(string Address, Dictionary<string, string> Data);
