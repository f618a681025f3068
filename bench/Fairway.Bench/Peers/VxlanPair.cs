using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>Plain Linux: on each host a bridge, with the container and a VXLAN device on it.</summary>
internal sealed class VxlanPair : OverlayPair
{
    public VxlanPair(HostSpace space) : base(space)
    {
        foreach (int host in (int[])[1, 2])
        {
            (string outside, string inside) = ($"ip -n {Host(host)}", $"ip -n {ContainerOf(host)}");
            Shell.Run($"{outside} link add br0 type bridge mcast_snooping 0");
            Shell.Run($"{outside} link add vx type vxlan id 4096 dstport 4789 local {AddressOf(host)} remote {AddressOf(3 - host)} nolearning");
            Shell.Run($"{inside} link add eth0 mtu 1450 type veth peer name c0 netns {Host(host)} && {inside} addr add {ContainerAddressOf(host)}/24 dev eth0");
            Shell.Run($"{outside} link set vx master br0 up && {outside} link set c0 master br0 up && {outside} link set br0 up && {inside} link set eth0 up");
        }
    }
}
