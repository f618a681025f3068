using Fairway.Engine.Plan;

namespace Fairway.Engine.Drivers;

/// <summary>Owns what the switch knows of endpoints on other hosts.</summary>
/// <remarks>Its calls never overlap each other; they may overlap those of other drivers.</remarks>
public interface IRemoteDriver
{
    /// <summary>Tells where an owner's addresses are, in place of what was told before.</summary>
    void Apply(RemotePlan remote);

    /// <summary>Forgets an owner's addresses.</summary>
    void Remove(RemotePlan remote);

    /// <summary>Tells exactly these, whatever an earlier daemon left.</summary>
    void Synchronize(IReadOnlyCollection<RemotePlan> remotes);
}
