using Fairway.Engine.Plan;

namespace Fairway.Engine.Drivers;

/// <summary>Owns the switch's publication tables.</summary>
/// <remarks>Its calls never overlap each other; they may overlap those of other drivers.</remarks>
public interface IPublicationDriver
{
    /// <summary>Adds or replaces publications.</summary>
    void Apply(IReadOnlyCollection<PublicationPlan> publications);

    /// <summary>Withdraws publications; existing connections over them end.</summary>
    void Remove(IReadOnlyCollection<PublicationPlan> publications);

    /// <summary>Brings the tables to exactly these, with as few writes as that takes. Returns how many rows changed.</summary>
    int Synchronize(IReadOnlyCollection<PublicationPlan> publications);
}
