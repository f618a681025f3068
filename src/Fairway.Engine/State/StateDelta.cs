namespace Fairway.Engine.State;

/// <summary>What a write touched, so that the plan of everything else stays as it is.</summary>
internal sealed class StateDelta
{
    public HashSet<Guid> Networks { get; } = [];

    public HashSet<Guid> Endpoints { get; } = [];

    public HashSet<uint> Publications { get; } = [];

    /// <summary>Owners of access rules.</summary>
    public HashSet<Guid> Policies { get; } = [];

    public HashSet<Guid> LoadBalancers { get; } = [];

    /// <summary>Endpoints whose packets leave another way, which are otherwise as they were.</summary>
    public HashSet<Guid> Ways { get; } = [];
}
