using System.Net;
using Fairway.Bench.Running;
using Fairway.Linux.Namespaces;

namespace Fairway.Bench.Peers;

/// <summary>Two more hosts beside a peer's, with a cable between them and a container on each.</summary>
internal abstract class OverlayPair
{
    private readonly string _host;

    protected OverlayPair(HostSpace space)
    {
        _host = space.Name;
        foreach (string name in (string[])["h1", "h2", "o1", "o2"])
            NetworkNamespace.Create($"{_host}.{name}").Dispose();
        Shell.Run($"ip -n {Host(1)} link add up0 type veth peer name up0 netns {Host(2)}");
        foreach (int host in (int[])[1, 2])
            Shell.Run($"ip -n {Host(host)} link set lo up && ip -n {Host(host)} addr add {AddressOf(host)}/24 dev up0 && ip -n {Host(host)} link set up0 up");
    }

    /// <summary>From the container of the first host to that of the second.</summary>
    public CallPath Path => new($"/run/netns/{ContainerOf(1)}", $"/run/netns/{ContainerOf(2)}", ContainerAddressOf(2));

    protected string Host(int host) => $"{_host}.h{host}";

    protected string ContainerOf(int host) => $"{_host}.o{host}";

    protected static IPAddress AddressOf(int host) => IPAddress.Parse($"203.0.113.{host}");

    protected static IPAddress ContainerAddressOf(int host) => IPAddress.Parse($"10.54.0.{host}");
}
