namespace Fairway.Api;

/// <summary>What one client may ask of the daemon. Documents are a few kilobytes; everything here is far above that.</summary>
public static class ApiLimits
{
    /// <summary>Longest request body in bytes.</summary>
    public const int BodyBytes = 1024 * 1024;

    /// <summary>Most connections at a time; each event stream holds one.</summary>
    public const int Connections = 4096;

    /// <summary>How long request headers may take to arrive.</summary>
    public static readonly TimeSpan Headers = TimeSpan.FromSeconds(10);

    /// <summary>How long an idle connection is kept.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(130);
}
