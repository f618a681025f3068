using System.Net;
using Fairway.Bench.DataPath;

namespace Fairway.Bench.Hosts;

/// <summary>Two namespaces and a veth pair: the limit of what two containers can have.</summary>
internal sealed class VethPair : IDisposable
{
    public const string Name = "veth";

    public VethPair()
    {
        Dispose();
        Shell.Run("ip netns add fwb-va && ip netns add fwb-vb && ip -n fwb-va link add eth0 type veth peer name eth0 netns fwb-vb");
        Shell.Run("ip -n fwb-va addr add 10.50.0.1/24 dev eth0 && ip -n fwb-vb addr add 10.50.0.2/24 dev eth0");
        Shell.Run("ip -n fwb-va link set eth0 up && ip -n fwb-vb link set eth0 up");
    }

    public Scenario Scenario { get; } = new(Name, "/run/netns/fwb-va", "/run/netns/fwb-vb", IPAddress.Parse("10.50.0.2"));

    public void Dispose() => Shell.Run("ip netns del fwb-va; ip netns del fwb-vb", mayFail: true);
}
