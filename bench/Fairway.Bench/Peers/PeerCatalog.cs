using System.Collections.Immutable;
using Fairway.Bench.Measuring;
using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>Who takes part, in the order of columns.</summary>
internal static class PeerCatalog
{
    private static readonly (string, string) s_iproute = ("ip", "iproute2");
    private static readonly (int, string) s_bridge = (1000, "a Linux bridge has 1,023 ports");

    private static readonly ImmutableDictionary<string, string> s_plugins = new Dictionary<string, string>
    {
        ["overlay"] = "it is a network of one host",
        ["services"] = "it has no load balancers",
        ["policy"] = "it has no access rules between containers; iptables and nft sets stand for what is put beside it",
    }.ToImmutableDictionary();

    public static IReadOnlyList<Peer> All { get; } =
    [
        new(DisturbanceRule.Limit, "a bare veth pair, the limit", "#8a8f98", "uname -sr", [s_iproute], () => new VethHost("veth")),
        new("fairway", "Fairway", "#1668dc", $"{Tool.Published("fairwayd")} --version",
            [s_iproute, (Tool.Published("fairwayd"), "scripts/publish.sh Fairway.Daemon")], () => new FairwayHost("fairway")),
        new("fairway-cni", "Fairway, through its CNI plugin", "#69a9f5", $"{Tool.Published("fairwayd")} --version",
            [s_iproute, (Tool.Published("fairwayd"), "scripts/publish.sh Fairway.Daemon"), (Tool.Published("fairway-cni"), "scripts/publish.sh Fairway.Cni")], () => new FairwayCniHost("fcni"))
        {
            Only = ["at-once", "attach"],
        },
        new("docker", "Docker's bridge", "#2aa198", "dockerd --version | sed -E 's/, build.*//'", [s_iproute, ("dockerd", "docker.io"), ("busybox", "busybox-static")], () => new DockerHost("docker"))
        {
            Abstains = s_plugins.SetItem("overlay", "its overlay needs Swarm").SetItem("services", "its load balancing needs Swarm"),
            Most = s_bridge,
        },
        new("netavark", "Podman's netavark", "#b58900", $"{Tool.Find("netavark")} --version", [s_iproute, ("netavark", "netavark")], () => new NetavarkHost("netavark"))
        {
            Abstains = s_plugins,
            Most = s_bridge,
        },
        new("cni", "CNI's bridge and portmap plugins", "#d9622b", "dpkg-query -W -f '${Version}' containernetworking-plugins",
            [s_iproute, ("cni/bridge", "containernetworking-plugins"), ("cni/portmap", "containernetworking-plugins"), ("iptables", "iptables")], () => new CniHost("cni"))
        {
            Abstains = s_plugins.SetItem("dns", "it has no resolver"),
            Most = s_bridge,
        },
        new("bridge", "a Linux bridge with nftables", "#9a5fb5", "nft --version", [s_iproute, ("nft", "nftables")], () => new BridgeHost("bridge"))
        {
            Abstains = s_plugins.SetItem("dns", "it has no resolver").Remove("overlay"),
            Most = s_bridge,
        },
        new("iptables", "iptables on a router", "#c2410c", "iptables --version", [s_iproute, ("iptables-restore", "iptables")], () => new IptablesHost("iptables")) { Only = ["policy"] },
        new("nft sets", "a set of nftables on a router", "#4d7c0f", "nft --version", [s_iproute, ("nft", "nftables")], () => new NftSetHost("nft")) { Only = ["policy"] },
    ];

    public static Peer Of(string name) => All.Single(peer => peer.Name == name);
}
