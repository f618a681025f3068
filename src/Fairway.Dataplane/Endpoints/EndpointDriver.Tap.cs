using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Routing;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Endpoints;

/// <summary>
/// NICs of virtual machines: a tap on the host's side, opened by the machine's hypervisor whenever it runs. It stays when the machine ends; what
/// the machine does inside, its addresses included, is held to what the port admits and not looked at.
/// </summary>
internal sealed partial class EndpointDriver
{
    private readonly TapPorts _taps = new(host, virtualSwitch);

    private void PlugIn(EndpointPlan endpoint)
    {
        if (TryPlugIn(endpoint))
            return;
        Link? named = host.Changes.FindLink(endpoint.HostLink);
        if (named is not null)
            RequireOurs(endpoint, named);
        Link? marked = host.Changes.FindLink(instance.Mark(LinkKind.Endpoint, endpoint.Id).ToString());
        int[] waste = [.. new[] { named, marked }.OfType<Link>().Where(link => link.Kind != TapPorts.Kind || instance.IsLeftOver(link)).Select(link => link.Index).Distinct()];
        reaper.DeleteNow(waste);
        if (marked is not null && !waste.Contains(marked.Index))
            RepairTap(endpoint, marked);
        else if (!TryPlugIn(endpoint))
            throw new FairwayException(ErrorKind.Unavailable, $"endpoint '{endpoint.Name}'",
                $"make tap '{endpoint.HostLink}' of endpoint '{endpoint.Name}': its names are taken and freed at the same time; try again");
    }

    /// <summary>The usual case: nothing of the endpoint is there. False when a name is taken, with nothing done.</summary>
    private bool TryPlugIn(EndpointPlan endpoint)
    {
        int link;
        try
        {
            link = _taps.Create(endpoint.HostLink, endpoint.VirtualNic!, instance.Mark(LinkKind.Endpoint, endpoint.Id), endpoint.Port, endpoint.Mtu);
        }
        catch (LinuxException e) when (e.Errno is Errno.EBUSY or Errno.EEXIST)
        {
            return false;
        }
        try
        {
            NamePort(endpoint, link);
            LimitIncoming(endpoint, link);
            ports.Open(endpoint, link);
            return true;
        }
        catch
        {
            Abandon(endpoint, link);
            throw;
        }
    }

    /// <summary>A machine may be behind it, which would not open another one.</summary>
    private void RepairTap(EndpointPlan endpoint, Link tap)
    {
        if (tap.Name != endpoint.HostLink)
        {
            // Kernels before 6.2 rename only what is down.
            var batch = new RouteBatch();
            batch.SetLink(tap.Index, new LinkChange { Up = false });
            batch.SetLink(tap.Index, new LinkChange { Name = endpoint.HostLink });
            host.Changes.Execute(batch);
        }
        _taps.Equip(tap.Index, endpoint.Port, endpoint.Mtu);
        RenamePort(endpoint, tap);
        if (endpoint.Bandwidth?.IncomingRate is null && HasBucket(host.Changes, tap.Index))
            host.Changes.DeleteRootQdisc(tap.Index);
        LimitIncoming(endpoint, tap.Index);
        ports.Open(endpoint, tap.Index);
    }

    /// <summary>
    /// Condemns a tap, and gives its names up, which may be asked for at once. False when that cannot be done: kernels before 6.2 rename
    /// only what is down.
    /// </summary>
    private bool FreeTapName(Link tap)
    {
        var batch = new RouteBatch();
        batch.SetLink(tap.Index, new LinkChange { Group = instance.CondemnedGroup });
        foreach (string name in tap.AlternativeNames)
            batch.DeleteAlternativeName(tap.Index, name);
        batch.SetLink(tap.Index, new LinkChange { Name = $"fx{tap.Index}" });
        return host.Changes.Send(batch).Count == 0;
    }
}
