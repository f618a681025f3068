namespace Fairway.Api.Docker.Wire;

/// <summary>A pool; the id is what Docker says in every later request about it.</summary>
internal sealed record PoolAnswer(string PoolID, string Pool, Dictionary<string, string> Data);
