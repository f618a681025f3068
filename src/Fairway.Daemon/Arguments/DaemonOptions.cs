using System.Net;
using Fairway.Model.Names;

namespace Fairway.Daemon.Arguments;

/// <summary>The command line, understood. What is not given follows from the instance.</summary>
internal sealed record DaemonOptions
{
    public DaemonMode Mode { get; init; } = DaemonMode.Serve;

    public string Instance { get; init; } = InstanceName.Default;

    /// <summary>Made when the socket is to be there, as systemd's RuntimeDirectory= does.</summary>
    public string RuntimeDirectory => $"/run/{Instance}";

    public string SocketPath { get => field ?? $"{RuntimeDirectory}/fairway.sock"; init; }

    /// <summary>Where Docker looks for its plugins, or null when its drivers are not served. Another instance than the default one serves them when told where.</summary>
    public string? DockerPlugins { get => field ?? (Instance == InstanceName.Default ? "/run/docker/plugins" : null); init; }

    public string DockerSocket { get; init; } = "/run/docker.sock";

    public string ContainerdSocket { get; init; } = "/run/containerd/containerd.sock";

    /// <summary>Where the API listens on TCP, or null: then this host alone is served.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>The certificate chain to show there (PEM).</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>Its key (PEM).</summary>
    public string? TlsKey { get; init; }

    /// <summary>The authorities whose certificates clients must have (PEM).</summary>
    public string? TlsClients { get; init; }

    public string StateDirectory { get => field ?? $"/var/lib/{Instance}"; init; }
}
