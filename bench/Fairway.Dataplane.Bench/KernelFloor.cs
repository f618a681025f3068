using System.Net;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Bench;

/// <summary>The same interface by bare rtnetlink, as any program would make it: no mark, no filter, no switch, queues as they come.</summary>
internal sealed class KernelFloor(NetworkNamespace host) : IDisposable
{
    private readonly RouteNetlink _route = RouteNetlink.Open(host);

    public void Attach(EndpointPlan endpoint)
    {
        using NetworkNamespace space = NetworkNamespace.OpenPath(endpoint.NetnsPath);
        using RouteNetlink inside = RouteNetlink.Open(space);
        _route.CreateLink(new VethSpec
        {
            Name = LinkOf(endpoint),
            Up = true,
            Peer = new VethPeerSpec { Name = endpoint.InterfaceName, Mac = new MacAddress(endpoint.MacAddress.Value), Namespace = space },
        });
        int link = inside.GetLink(endpoint.InterfaceName).Index;
        var batch = new RouteBatch();
        foreach (Model.Endpoints.EndpointAddress address in endpoint.Addresses)
            batch.AddAddress(new InterfaceAddress { LinkIndex = link, Address = address.Address, PrefixLength = address.PrefixLength, Flags = AddressFlags.NoDad });
        batch.SetLink(link, new LinkChange { Up = true });
        batch.AddRoute(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = endpoint.Gateways[0], LinkIndex = link });
        batch.AddRoute(new Route { Destination = IPNetwork.Parse("::/0"), Gateway = endpoint.Gateways[1], LinkIndex = link, OnLink = true });
        inside.Execute(batch);
    }

    public void Detach(EndpointPlan endpoint) => _route.DeleteLink(LinkOf(endpoint));

    public void Dispose() => _route.Dispose();

    // What the drivers took out a moment ago keeps its name until it is deleted.
    private static string LinkOf(EndpointPlan endpoint) => $"floor{endpoint.Port}";
}
