using Fairway.Engine.Ipam;

namespace Fairway.Engine;

/// <summary>How an engine runs. The defaults are what a daemon wants; tests shorten the times.</summary>
public sealed record EngineOptions
{
    /// <summary>The name everything on the host is marked with.</summary>
    public required string Instance { get; init; }

    /// <summary>Directory of the store; made when it does not exist.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>IPv4 space for networks that come without subnets, in the order in which it is used. IPv6 comes from the host's own /48.</summary>
    public IReadOnlyList<AddressPool> Pools { get; init; } = AddressPool.Default;

    /// <summary>How long a freed address rests before it is given to somebody else, as long as others are free.</summary>
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// First host port that is given when a publication asks for any. The range lies below the kernel's ephemeral ports (32768 up) and
    /// Kubernetes' node ports (30000 up), so that neither the host's own connections nor other software compete for it.
    /// </summary>
    public ushort FirstFreePort { get; init; } = 20000;

    /// <summary>Last host port that is given when a publication asks for any.</summary>
    public ushort LastFreePort { get; init; } = 29999;

    /// <summary>Threads on which drivers are called.</summary>
    public int Lanes { get; init; } = 4;

    /// <summary>How long to wait for more changes of the kernel before looking again.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Wait before the first retry of what the kernel refused; doubled each time.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between retries.</summary>
    public TimeSpan LastRetry { get; init; } = TimeSpan.FromMinutes(1);
}
