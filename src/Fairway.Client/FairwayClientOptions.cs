namespace Fairway.Client;

/// <summary>Where the daemon is and how long to wait for it.</summary>
public sealed record FairwayClientOptions
{
    /// <summary>The instance name of a daemon started without <c>--instance</c>.</summary>
    public const string DefaultInstance = "fairway";

    /// <summary>Path of the daemon's unix socket, at most 107 bytes (<c>unix(7)</c>, sun_path).</summary>
    public string SocketPath { get; init; } = SocketPathOf(DefaultInstance);

    /// <summary>How long one answer may take, connecting included; streams are bounded until their first byte only.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The program's name and version, for the daemon's log; no spaces within either: <c>example/1.0</c>.</summary>
    public string UserAgent { get; init; } = "fairway-client";

    /// <summary>The socket of a daemon started with <c>--instance</c> and without <c>--socket</c>.</summary>
    /// <param name="instance">The instance's name.</param>
    /// <returns><c>/run/INSTANCE/fairway.sock</c>.</returns>
    public static string SocketPathOf(string instance)
    {
        ArgumentException.ThrowIfNullOrEmpty(instance);
        return $"/run/{instance}/fairway.sock";
    }
}
