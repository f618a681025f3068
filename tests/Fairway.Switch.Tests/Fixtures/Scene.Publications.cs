using System.Net;
using Fairway.Dataplane.LoadBalancers;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;

namespace Fairway.Switch.Tests.Fixtures;

internal sealed partial class Scene
{
    /// <summary>The number of the only balancer.</summary>
    public const uint Balancer = 9000;

    private uint _publications;
    private BackendTable? _backends;

    /// <summary>Publishes a port of an endpoint, as the daemon does: the row, the admitted prefixes, and the mark at the port.</summary>
    /// <param name="address">Host address, or the unspecified one for every address of its family.</param>
    /// <param name="from">Prefixes that may use it; all by default.</param>
    public PublicationRow Publish(IPAddress address, int port, TestEndpoint target, int targetPort, TransportProtocol protocol = TransportProtocol.Tcp, params string[] from)
    {
        uint number = ++_publications;
        foreach (string prefix in from)
            Maps.Sources.Set(new SourceKey(number, IPNetwork.Parse(prefix)), 1);
        var row = new PublicationRow
        {
            Number = number,
            Port = target.Port,
            Generation = target.Generation,
            Network = target.Network.Number,
            Flags = from.Length > 0 ? PublicationRow.From : 0,
            TargetPort = Swap((ushort)targetPort),
            Target = new MappedAddress(target.Address(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)),
        };
        Maps.Publications.Set(new PublicationKey(address, (ushort)port, protocol), row);
        Open(target with { Flags = target.Flags | PortFlags.Published });
        return row;
    }

    /// <summary>Balances a port among endpoints, as the daemon does; again with other endpoints, it changes.</summary>
    public void Balance(IPAddress frontend, int port, int targetPort, IReadOnlyList<TestEndpoint> backends,
        TransportProtocol protocol = TransportProtocol.Tcp, SessionAffinity affinity = SessionAffinity.None, bool isInternal = false)
    {
        bool version6 = frontend.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        Balance(new LoadBalancerPlan(Balancer, [new ServicePlan(frontend, protocol, (ushort)port, (ushort)targetPort, affinity, isInternal)],
            [.. backends.Select((backend, i) => new BackendPlan(IdOf(backend, i), backend.Port, backend.Generation, backend.Network.Number, backend.Address(version6)))]));
        foreach (TestEndpoint backend in backends)
            Open(backend with { Flags = backend.Flags | PortFlags.Published });
    }

    /// <summary>Balances a port among addresses of a network that other hosts have.</summary>
    public void BalanceElsewhere(IPAddress frontend, int port, int targetPort, TestNetwork network, IReadOnlyList<IPAddress> backends, TransportProtocol protocol = TransportProtocol.Tcp)
        => Balance(new LoadBalancerPlan(Balancer, [new ServicePlan(frontend, protocol, (ushort)port, (ushort)targetPort, SessionAffinity.None, Internal: false)],
            [.. backends.Select(backend => new BackendPlan(Guid.NewGuid(), 0, 0, network.Number, backend))]));

    /// <summary>Writes a load balancer, as the daemon does.</summary>
    public void Balance(LoadBalancerPlan plan)
    {
        (_backends ??= new BackendTable(Maps)).Write(plan.Number, plan.Backends);
        foreach ((PublicationKey key, PublicationRow row) in ServiceTable.RowsOf(plan))
            Maps.Publications.Set(key, row);
    }

    public void Unpublish(IPAddress address, int port, TransportProtocol protocol = TransportProtocol.Tcp)
        => Maps.Publications.Remove(new PublicationKey(address, (ushort)port, protocol));

    public static IPAddress AnyAddress(bool version6) => version6 ? IPAddress.IPv6Any : IPAddress.Any;

    // The same endpoint keeps its id, and has another one where it appears again.
    private static Guid IdOf(TestEndpoint endpoint, int index) => new(endpoint.Port, (ushort)(index / 3), 0x5678, 1, 2, 3, 4, 5, 6, 7, 8);
}
