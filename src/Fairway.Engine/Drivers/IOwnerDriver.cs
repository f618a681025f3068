namespace Fairway.Engine.Drivers;

/// <summary>Owns something the switch is told by owner, an endpoint or a network, as a whole.</summary>
/// <typeparam name="TPlan">What is told.</typeparam>
/// <remarks>Its calls never overlap each other; they may overlap those of other drivers.</remarks>
public interface IOwnerDriver<TPlan>
{
    /// <summary>Tells what an owner has, in place of what was told before.</summary>
    void Apply(TPlan plan);

    /// <summary>Forgets what an owner had.</summary>
    void Remove(TPlan plan);

    /// <summary>Tells exactly these, whatever an earlier daemon left.</summary>
    void Synchronize(IReadOnlyCollection<TPlan> plans);
}
