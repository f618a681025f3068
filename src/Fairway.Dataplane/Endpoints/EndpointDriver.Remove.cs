using System.Net.Sockets;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Namespaces;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Endpoints;

/// <summary>Taking endpoints out. Nobody waits for the kernel to delete a link: it is closed, renamed, condemned, and deleted later.</summary>
internal sealed partial class EndpointDriver
{
    /// <inheritdoc/>
    public void Remove(IReadOnlyCollection<EndpointPlan> endpoints)
    {
        reaper.Busy();
        var condemned = new List<int>(endpoints.Count);
        var atOnce = new List<int>();
        try
        {
            foreach (EndpointPlan endpoint in endpoints)
            {
                ports.Close(endpoint);
                if (FindHostLink(endpoint) is not { } outer || !IsOurs(endpoint, outer))
                    continue;
                // Condemned and nameless, a tap is found by nobody any more: it is the reaper's from there, and so is what an earlier attempt left.
                if (instance.IsLeftOver(outer) || (endpoint.VirtualNic is not null && FreeTapName(outer)))
                    reaper.Take([outer.Index]);
                else
                    (endpoint.VirtualNic is null && FreeInterfaceName(endpoint, outer) ? condemned : atOnce).Add(outer.Index);
            }
            FreePortNames(endpoints);
            Condemn(condemned);
            reaper.Take(condemned);
            reaper.DeleteNow(atOnce);
        }
        catch (LinuxException e)
        {
            throw new FairwayException(ErrorKind.Internal, "endpoints", $"detach {endpoints.Count} endpoints: {e.Message}", inner: e);
        }
        finally
        {
            reaper.Busy();
        }
    }

    /// <inheritdoc/>
    public void RemoveExcept(IReadOnlyCollection<EndpointPlan> keep)
    {
        Dictionary<uint, EndpointPlan> wanted = keep.ToDictionary(endpoint => endpoint.Port);
        foreach ((uint port, PortRow row) in ports.Endpoints())
        {
            if (!wanted.TryGetValue(port, out EndpointPlan? endpoint) || endpoint.Generation != row.Generation)
                ports.Close(port);
        }
        ports.RemoveAddressesExcept(keep);
        HashSet<Guid> ids = [.. keep.Select(endpoint => endpoint.Id)];
        int[] strangers = [.. host.Queries.ListLinks()
            .Where(link => instance.IsLive(link) && instance.MarkOf(link) is { Kind: LinkKind.Endpoint } mark && !ids.Contains(mark.Id))
            .Select(link => link.Index)];
        reaper.DeleteNow(strangers);
    }

    /// <summary>By its name, or by its mark: taps have names that people know, and change.</summary>
    private Link? FindHostLink(EndpointPlan endpoint)
        => host.Changes.FindLink(endpoint.HostLink) is { } named && (endpoint.VirtualNic is null || IsOurs(endpoint, named)) ? named
            : endpoint.VirtualNic is null ? null : host.Changes.FindLink(instance.Mark(LinkKind.Endpoint, endpoint.Id).ToString());

    /// <summary>
    /// Takes the inside down, which takes its routes and IPv6 addresses away, and gives it a name nobody asks for. False when that cannot be
    /// done because the way to the namespace is gone though the pair is not.
    /// </summary>
    private bool FreeInterfaceName(EndpointPlan endpoint, Link outer)
    {
        // What an engine moved it brings back, or it goes with the container; nobody asks for the name it was born with.
        if (endpoint.HandoverLink is not null)
            return true;
        if (outer.LinkedIndex is not { } index)
            return false;
        try
        {
            using NetworkNamespace space = NetworkNamespace.OpenPath(endpoint.NetnsPath);
            if (!LeadsTo(outer, space))
                return false;
            using RouteNetlink inside = RouteNetlink.Open(space);
            var batch = new RouteBatch();
            batch.SetLink(index, new LinkChange { Up = false });
            batch.SetLink(index, new LinkChange { Name = $"fx{index}" });
            int decisive = batch.Count;
            foreach (EndpointAddress address in endpoint.Addresses.Where(address => address.Address.AddressFamily == AddressFamily.InterNetwork))
                batch.DeleteAddress(KernelAddresses.Of(address, index));
            return inside.Send(batch).All(failure => failure.Index >= decisive);
        }
        catch (LinuxException e) when (NamespaceDriver.IsAbsence(e.Errno))
        {
            return false;
        }
    }

    private void Condemn(List<int> links)
    {
        if (links.Count == 0)
            return;
        var batch = new RouteBatch();
        foreach (int link in links)
            batch.SetLink(link, new LinkChange { Group = instance.CondemnedGroup });
        // A link that is gone already, because its namespace ended meanwhile, is what was wanted.
        _ = host.Changes.Send(batch);
    }
}
