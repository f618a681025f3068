namespace Fairway.Linux.Events;

/// <summary>What happened.</summary>
public enum RouteEventKind
{
    /// <summary>Something was added or changed; it is as told now.</summary>
    Changed,

    /// <summary>Something was removed.</summary>
    Removed,

    /// <summary>Events were lost, because they came faster than they were read. Whoever keeps a picture must look again.</summary>
    Lost,
}
