using System.Net;
using Fairway.Bench.DataPath;

namespace Fairway.Bench.Hosts;

/// <summary>Two hosts of plain Linux, each with a container on a bridge and the bridge on a VXLAN device: what an overlay has to beat.</summary>
internal sealed class VxlanPair : IDisposable
{
    public const string Name = "bridge + vxlan";

    public VxlanPair()
    {
        Dispose();
        HostPair.Make("fwb-k");
        for (int host = 1; host <= 2; host++)
        {
            string space = $"fwb-k{host}", container = $"fwb-kc{host}";
            Shell.Run($"ip netns add {container} && ip -n {space} link add br0 type bridge mcast_snooping 0");
            Shell.Run($"ip -n {space} link add vx type vxlan id 4096 dstport 4789 local {HostPair.AddressOf(host)} remote {HostPair.AddressOf(3 - host)} nolearning");
            Shell.Run($"ip -n {container} link add eth0 mtu 1450 type veth peer name c0 netns {space} && ip -n {container} addr add 10.53.0.{host}/24 dev eth0");
            Shell.Run($"ip -n {space} link set vx master br0 up && ip -n {space} link set c0 master br0 up && ip -n {space} link set br0 up && ip -n {container} link set eth0 up");
        }
    }

    public Scenario Scenario { get; } = new(Name, "/run/netns/fwb-kc1", "/run/netns/fwb-kc2", IPAddress.Parse("10.53.0.2"));

    public void Dispose() => Shell.Run("for n in fwb-kc1 fwb-kc2 fwb-k1 fwb-k2; do ip netns del $n; done", mayFail: true);
}
