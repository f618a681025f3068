using Fairway.Dataplane.Switch;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Dataplane.Endpoints;

/// <summary>The filter that hands callers to a sidecar: inside, for a packet can be given to a socket of the namespace it arrives in only.</summary>
internal sealed partial class EndpointDriver
{
    private void LeadCallers(EndpointPlan endpoint, RouteNetlink inside, int link)
    {
        if (!endpoint.CallersMeetSidecar)
            return;
        var batch = new RouteBatch();
        batch.AddIngress(link);
        batch.ReplaceBpfFilter(virtualSwitch.SidecarFilter(link, endpoint.Port));
        foreach (BatchFailure failure in inside.Send(batch))
        {
            // The workload gave its interface a clsact, whose ingress side serves as well.
            if (failure is not { Index: 0, Error.Errno: Errno.EINVAL or Errno.EEXIST })
                throw failure.Error;
        }
    }

    /// <summary>Of a sidecar that is no longer asked for.</summary>
    private void LeaveCallers(EndpointPlan endpoint, RouteNetlink inside, int link)
    {
        if (!endpoint.CallersMeetSidecar && HasSidecarFilter(inside, virtualSwitch.SidecarFilter(link, endpoint.Port), anyProgram: true))
            inside.DeleteBpfFilter(virtualSwitch.SidecarFilter(link, endpoint.Port));
    }

    /// <summary>Filters inside cannot be read from the host; few endpoints have one, and for these somebody goes and looks.</summary>
    private bool HasSidecar(EndpointPlan endpoint, int link)
    {
        if (!endpoint.CallersMeetSidecar)
            return true;
        try
        {
            using NetworkNamespace space = NetworkNamespace.OpenPath(endpoint.NetnsPath);
            using RouteNetlink inside = RouteNetlink.Open(space);
            return HasSidecarFilter(inside, virtualSwitch.SidecarFilter(link, endpoint.Port), anyProgram: false);
        }
        catch (LinuxException)
        {
            return false;
        }
    }

    private static bool HasSidecarFilter(RouteNetlink inside, BpfFilterSpec wanted, bool anyProgram)
    {
        if (!inside.ListQdiscs(wanted.LinkIndex).Any(qdisc => qdisc.Kind is "ingress" or "clsact"))
            return false;
        return inside.ListFilters(wanted.LinkIndex, TrafficDirection.Ingress).Any(filter => anyProgram
            ? filter.Kind == "bpf" && filter.Preference == wanted.Preference && filter.Handle == wanted.Handle
            : VirtualSwitch.IsInPlace(filter, wanted));
    }
}
