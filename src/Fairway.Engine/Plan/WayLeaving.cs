namespace Fairway.Engine.Plan;

/// <summary>With what address packets leave the switch's networks.</summary>
public enum WayLeaving
{
    /// <summary>They do not, or as frames of the network.</summary>
    Inside,
    /// <summary>With an address of the host.</summary>
    Translated,
    /// <summary>With the endpoint's own.</summary>
    Untranslated,
}
