using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>A host that routes between two namespaces, with a firewall in between.</summary>
internal abstract class RouterHost(string tag) : PeerHost(tag), IPolicyHost
{
    public override void Start() => Space.Sh("echo 1 >/proc/sys/net/ipv4/ip_forward");

    public override void Attach(Container container)
    {
        string inside = $"ip -n {Space.Name}.{container.Name}", subnet = $"10.70.{container.Number}";
        Space.Sh($"ip link add r{container.Number} type veth peer name eth0 netns {Space.Name}.{container.Name} && ip addr add {subnet}.1/24 dev r{container.Number} && ip link set r{container.Number} up");
        Shell.Run($"{inside} addr add {subnet}.2/24 dev eth0 && {inside} link set eth0 up && {inside} route add default via {subnet}.1");
        container.Address = System.Net.IPAddress.Parse($"{subnet}.2");
    }

    public override void Detach(Container container) => Space.Sh($"ip link del r{container.Number}");

    public abstract void Install(int rules);

    public abstract void AddOne();

    public abstract void RemoveOne();

    public abstract void Clear();
}
