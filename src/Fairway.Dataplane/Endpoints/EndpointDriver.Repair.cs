using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Endpoints;

/// <summary>Attaching where a name is taken: by what is left of this endpoint, or by somebody else.</summary>
internal sealed partial class EndpointDriver
{
    private void Reattach(EndpointPlan endpoint, NetworkNamespace space, RouteNetlink inside)
    {
        Link? outer = host.Changes.FindLink(endpoint.HostLink);
        if (outer is not null)
            RequireOurs(endpoint, outer);
        if (outer is not null && LeadsTo(outer, space) && !instance.IsLeftOver(outer))
        {
            Repair(endpoint, outer, space, inside);
            return;
        }
        if (outer is not null)
            MakeRoom(outer);
        if (inside.FindLink(endpoint.InterfaceName) is not null)
        {
            throw new FairwayException(ErrorKind.Conflict, $"interface '{endpoint.InterfaceName}'",
                $"attach endpoint '{endpoint.Name}': '{endpoint.NetnsPath}' has an interface '{endpoint.InterfaceName}' already; choose another name");
        }
        if (!TryAttach(endpoint, space, inside))
        {
            throw new FairwayException(ErrorKind.Unavailable, $"endpoint '{endpoint.Name}'",
                $"attach endpoint '{endpoint.Name}' to '{endpoint.NetnsPath}': its link names are taken and freed at the same time; try again");
        }
    }

    /// <summary>
    /// An endpoint that comes back before its old link has been deleted: the old one gives its names up, which is quick, where it can
    /// (before Linux 6.2 a link that is up cannot).
    /// </summary>
    private void MakeRoom(Link outer)
    {
        var batch = new RouteBatch();
        foreach (string name in outer.AlternativeNames)
            batch.DeleteAlternativeName(outer.Index, name);
        batch.SetLink(outer.Index, new LinkChange { Name = $"fx{outer.Index}" });
        if (!instance.IsLeftOver(outer) || host.Changes.Send(batch).Count > 0)
            reaper.DeleteNow([outer.Index]);
    }

    /// <summary>The pair is there and joins the right namespaces; everything else is put right where it stands.</summary>
    private void Repair(EndpointPlan endpoint, Link outer, NetworkNamespace space, RouteNetlink inside)
    {
        var ends = new VethEnds(outer.Index, outer.LinkedIndex!.Value);
        Link peer = inside.GetLink(ends.Inside);
        if (peer.Name != endpoint.InterfaceName)
            Rename(endpoint, inside, peer);
        HostSide.Equip(host, virtualSwitch, ends.Host, endpoint.Port, endpoint.Mtu);
        RenamePort(endpoint, outer);
        Unlimit(endpoint, ends, inside);
        LimitIncoming(endpoint, ends.Host);
        var mac = new MacAddress(endpoint.MacAddress.Value);
        inside.SetLink(ends.Inside, new LinkChange { Mtu = (uint)endpoint.Mtu, Mac = peer.Mac == mac ? null : mac });
        if (!endpoint.LearnsAddress)
            RemoveStrangeAddresses(endpoint, inside, ends.Inside);
        LeaveCallers(endpoint, inside, ends.Inside);
        LeadCallers(endpoint, inside, ends.Inside);
        new InsideInterface(endpoint, space, inside, ends.Inside).Configure();
        _veths.SettleCarrier(ends);
        ports.Open(endpoint, ends.Host);
    }

    /// <summary>Takes limits away that are no longer asked for.</summary>
    private void Unlimit(EndpointPlan endpoint, VethEnds ends, RouteNetlink inside)
    {
        if (endpoint.Bandwidth?.IncomingRate is null && HasBucket(host.Changes, ends.Host))
            host.Changes.DeleteRootQdisc(ends.Host);
        if (endpoint.Bandwidth?.OutgoingRate is null && HasBucket(inside, ends.Inside))
            inside.DeleteRootQdisc(ends.Inside);
    }

    private static bool HasBucket(RouteNetlink netlink, int link) => netlink.ListQdiscs(link).Any(qdisc => qdisc is { Kind: "tbf", Parent: Qdisc.Root });

    private static void RemoveStrangeAddresses(EndpointPlan endpoint, RouteNetlink inside, int link)
    {
        foreach (InterfaceAddress address in inside.ListAddresses(link))
        {
            bool wanted = endpoint.Addresses.Any(mine => mine.Address.Equals(address.Address) && mine.PrefixLength == address.PrefixLength);
            if (!wanted && address.Scope != RouteScope.Link)
                inside.DeleteAddress(address);
        }
    }

    /// <summary>Kernels before 6.2 rename only what is down.</summary>
    private static void Rename(EndpointPlan endpoint, RouteNetlink inside, Link peer)
    {
        if (inside.FindLink(endpoint.InterfaceName) is not null)
        {
            throw new FairwayException(ErrorKind.Conflict, $"interface '{endpoint.InterfaceName}'",
                $"attach endpoint '{endpoint.Name}': its interface was renamed to '{peer.Name}' and another one has the name '{endpoint.InterfaceName}'; rename one of them");
        }
        var batch = new RouteBatch();
        batch.SetLink(peer.Index, new LinkChange { Up = false });
        batch.SetLink(peer.Index, new LinkChange { Name = endpoint.InterfaceName });
        inside.Execute(batch);
    }

    private bool IsOurs(EndpointPlan endpoint, Link link)
        => instance.IsLeftOver(link) || instance.MarkOf(link) is { Kind: LinkKind.Endpoint } mark && mark.Id == endpoint.Id;

    /// <summary>Whether the other end of a pair is in a namespace.</summary>
    private bool LeadsTo(Link outer, NetworkNamespace space)
        => outer is { LinkedIndex: not null, LinkedNamespaceId: { } id } && host.Changes.FindNamespaceId(space) == id;
}
