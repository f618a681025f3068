namespace Fairway.Model.Policies;

/// <summary>What an access rule does with a connection it matches.</summary>
public enum PolicyAction
{
    /// <summary>Lets it through; no later tier is asked.</summary>
    Allow,
    /// <summary>Drops it; no later tier is asked.</summary>
    Block,
    /// <summary>Leaves it to the next tier.</summary>
    Pass,
}
