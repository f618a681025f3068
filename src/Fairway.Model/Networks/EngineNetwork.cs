using System.Collections.Immutable;

namespace Fairway.Model.Networks;

/// <summary>What an engine calls a network of ours. An engine with networks of its own (Docker) asks by its own id.</summary>
/// <param name="Engine">docker, ...</param>
/// <param name="Id">The engine's id, unique for the engine.</param>
/// <param name="Owned">Whether the network was made for it and goes with the last of them.</param>
/// <param name="Name">The engine's name for it, or null while it is not known.</param>
/// <param name="Labels">The engine's labels.</param>
public sealed record EngineNetwork(string Engine, string Id, bool Owned, string? Name = null, ImmutableDictionary<string, string>? Labels = null);
