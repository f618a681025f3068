using Fairway.Bench.Running;
using Fairway.Linux.Routing;

namespace Fairway.Bench.Peers;

/// <summary>A plain Linux bridge with nftables for what leaves and what is published: what a few lines of script give, by rtnetlink instead of `ip`.</summary>
internal sealed class BridgeHost(string tag) : VethHost(tag)
{
    private const string Rules = """
        table ip fwb {
          map to_tcp { type inet_service : ipv4_addr . inet_service; }
          map to_udp { type inet_service : ipv4_addr . inet_service; }
          chain inbound { type nat hook prerouting priority dstnat; fib daddr type local dnat ip to tcp dport map @to_tcp; fib daddr type local dnat ip to udp dport map @to_udp; }
          chain outbound { type nat hook postrouting priority srcnat; oifname "up0" masquerade; }
        }
        """;

    private int _bridge;
    private VxlanPair? _overlay;

    protected override int Subnet => 61;

    public override void Start()
    {
        Space.Sh("echo 1 >/proc/sys/net/ipv4/ip_forward");
        Space.Sh("ip link add br0 type bridge && ip addr add 10.61.0.1/16 dev br0 && ip link set br0 up");
        Space.Run(Tool.Get("nft"), ["-f", "-"], Rules);
        using RouteNetlink route = RouteNetlink.Open(Space.Space);
        _bridge = route.GetLink("br0").Index;
    }

    public override void Attach(Container container)
    {
        Attach(container, _bridge);
        Publish("add", container);
    }

    public override void Detach(Container container)
    {
        Publish("delete", container);
        base.Detach(container);
    }

    public override CallPath PathOf(PathKind kind) => kind == PathKind.Overlay ? (_overlay ??= new VxlanPair(Space)).Path : PathOfPair(kind);

    private void Publish(string verb, Container container)
    {
        if (container.Forwards.Count > 0)
            Space.Run(Tool.Get("nft"), ["-f", "-"], string.Join('\n', container.Forwards.Select(item => $"{verb} element ip fwb to_{item.Protocol} {{ {item.HostPort} : {container.Address} . {item.ContainerPort} }}")));
    }
}
