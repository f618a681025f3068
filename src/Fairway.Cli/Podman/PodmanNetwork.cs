namespace Fairway.Cli.Podman;

/// <summary>A network as Podman keeps it (container-libs, libnetwork/types, Network).</summary>
internal sealed record PodmanNetwork(string Name, string Id, string Driver, string NetworkInterface, DateTimeOffset Created, IReadOnlyList<PodmanSubnet> Subnets,
    bool Internal, bool DnsEnabled, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Podman allocates from the lease ranges itself.</summary>
    public IReadOnlyDictionary<string, string> IpamOptions { get; } = new Dictionary<string, string> { ["driver"] = "host-local" };
}
