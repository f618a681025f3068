using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Routing;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Endpoints;

/// <summary>
/// Endpoints an engine puts into their namespace itself: the inside end is born down in the host's namespace, the engine moves it, renames it, gives
/// it its addresses, and brings it back the same way when it is done. The pair is known again by its host side alone, which stays;
/// wherever the other end is, and whatever it is called there, is the engine's business.
/// </summary>
internal sealed partial class EndpointDriver
{
    private void HandOver(EndpointPlan endpoint)
    {
        // Its port was opened, and closes with its removal only: another pair would wait in the host's namespace for an engine that never comes.
        if (ports.IsKnown(endpoint) && host.Changes.FindLink(endpoint.HostLink) is null)
        {
            throw new FairwayException(ErrorKind.Unavailable, $"endpoint '{endpoint.Name}'",
                $"attach endpoint '{endpoint.Name}': its interface has been deleted, and its engine puts one into a container only when that starts; restart the container");
        }
        if (TryHandOver(endpoint))
            return;
        if (host.Changes.FindLink(endpoint.HostLink) is { } outer)
        {
            RequireOurs(endpoint, outer);
            if (outer.LinkedIndex is not null && !instance.IsLeftOver(outer))
            {
                HostSide.Equip(host, virtualSwitch, outer.Index, endpoint.Port, endpoint.Mtu);
                RenamePort(endpoint, outer);
                ports.Open(endpoint, outer.Index);
                return;
            }
            // Both names are wanted, and only the link's end frees both.
            reaper.DeleteNow([outer.Index]);
        }
        if (!TryHandOver(endpoint))
        {
            throw new FairwayException(ErrorKind.Conflict, $"link '{endpoint.HandoverLink}'",
                $"attach endpoint '{endpoint.Name}': link '{endpoint.HandoverLink}' or '{endpoint.HostLink}' of the host belongs to somebody else; rename or delete it");
        }
    }

    /// <summary>The usual case: nothing of the endpoint is there. False when a name is taken, with nothing done.</summary>
    private bool TryHandOver(EndpointPlan endpoint)
    {
        VethEnds ends;
        try
        {
            ends = _veths.Create(endpoint.HostLink, endpoint.HandoverLink!, endpoint.MacAddress, endpoint.Mtu, space: null);
        }
        catch (LinuxException e) when (e.Errno == Errno.EEXIST)
        {
            return false;
        }
        try
        {
            _veths.Finish(ends, instance.Mark(LinkKind.Endpoint, endpoint.Id), endpoint.Port);
            NamePort(endpoint, ends.Host);
            ports.Open(endpoint, ends.Host);
            return true;
        }
        catch
        {
            Abandon(endpoint, ends.Host);
            throw;
        }
    }

    private void RequireOurs(EndpointPlan endpoint, Link outer)
    {
        if (!IsOurs(endpoint, outer))
        {
            throw new FairwayException(ErrorKind.Conflict, $"link '{endpoint.HostLink}'",
                $"attach endpoint '{endpoint.Name}': link '{endpoint.HostLink}' of the host belongs to somebody else; rename or delete it");
        }
    }
}
