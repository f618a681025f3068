namespace Fairway.Model.Health;

/// <summary>How the daemon is.</summary>
public enum HealthStatus
{
    /// <summary>The kernel holds what the store asks for.</summary>
    Healthy,
    /// <summary>It answers, but the kernel does not yet hold everything the store asks for; see the problems.</summary>
    Degraded,
    /// <summary>It has not compared the store with the kernel yet.</summary>
    Starting,
}
