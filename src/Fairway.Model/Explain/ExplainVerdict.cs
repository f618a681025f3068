namespace Fairway.Model.Explain;

/// <summary>What would become of a packet.</summary>
public enum ExplainVerdict
{
    /// <summary>The switch carries it to whom it is for.</summary>
    Allowed,
    /// <summary>The switch drops it; the reason is a drop reason as <c>fairway monitor</c> shows it.</summary>
    Dropped,
    /// <summary>Some backends of the load balancer get it, others do not.</summary>
    Varies,
    /// <summary>The switch does not decide: the packet stays where it is, or is the host's own.</summary>
    NotSwitched,
}
