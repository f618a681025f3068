using Fairway.Dataplane.Host;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Namespaces;
using Fairway.Dataplane.Switch;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Endpoints;

/// <inheritdoc/>
internal sealed partial class EndpointDriver(HostNetlink host, Instance instance, VirtualSwitch virtualSwitch, PortTable ports, LinkReaper reaper)
    : IEndpointDriver
{
    /// <summary>Load balancers call with the addresses of a source: it is in the switch's tables only.</summary>
    private const int NoLink = 0;

    private readonly VethPorts _veths = new(host, instance, virtualSwitch);

    /// <inheritdoc/>
    public void Apply(EndpointPlan endpoint)
    {
        reaper.Busy();
        try
        {
            if (endpoint.IsSource)
                ports.Open(endpoint, NoLink);
            else if (endpoint.VirtualNic is not null)
                PlugIn(endpoint);
            else if (endpoint.HandoverLink is not null)
                HandOver(endpoint);
            else
                Attach(endpoint);
        }
        catch (LinuxException e)
        {
            throw Failure(endpoint, endpoint.VirtualNic is null
                ? $"attach endpoint '{endpoint.Name}' to '{endpoint.HandoverLink ?? endpoint.NetnsPath}': {e.Message}"
                : $"make tap '{endpoint.HostLink}' of endpoint '{endpoint.Name}': {e.Message}{(e.Errno is Errno.ENOENT or Errno.ENODEV ? "; load the kernel's module 'tun'" : "")}", e);
        }
        finally
        {
            reaper.Busy();
        }
    }

    private void Attach(EndpointPlan endpoint)
    {
        using NetworkNamespace space = OpenNamespace(endpoint);
        using RouteNetlink inside = OpenInside(endpoint, space);
        if (!TryAttach(endpoint, space, inside))
            Reattach(endpoint, space, inside);
    }

    /// <summary>The usual case: nothing of the endpoint is there. False when a name is taken, with nothing done.</summary>
    private bool TryAttach(EndpointPlan endpoint, NetworkNamespace space, RouteNetlink inside)
    {
        VethEnds ends;
        try
        {
            ends = _veths.Create(endpoint.HostLink, endpoint.InterfaceName, endpoint.MacAddress, endpoint.Mtu, space);
        }
        catch (LinuxException e) when (e.Errno == Errno.EEXIST)
        {
            return false;
        }
        try
        {
            _veths.Finish(ends, instance.Mark(LinkKind.Endpoint, endpoint.Id), endpoint.Port);
            NamePort(endpoint, ends.Host);
            LimitIncoming(endpoint, ends.Host);
            LeadCallers(endpoint, inside, ends.Inside);
            new InsideInterface(endpoint, space, inside, ends.Inside).Configure();
            _veths.SettleCarrier(ends);
            ports.Open(endpoint, ends.Host);
            return true;
        }
        catch
        {
            Abandon(endpoint, ends.Host);
            throw;
        }
    }

    private void Abandon(EndpointPlan endpoint, int hostLink)
    {
        try
        {
            ports.Close(endpoint);
        }
        finally
        {
            host.Deletions.DeleteLink(hostLink);
        }
    }

    private void LimitIncoming(EndpointPlan endpoint, int hostLink)
    {
        if (endpoint.Bandwidth?.IncomingRate is null)
            return;
        var batch = new RouteBatch();
        batch.LimitIncoming(endpoint.Bandwidth, hostLink, endpoint.Mtu);
        host.Changes.Execute(batch);
    }

    private static NetworkNamespace OpenNamespace(EndpointPlan endpoint)
    {
        try
        {
            return NetworkNamespace.OpenPath(endpoint.NetnsPath);
        }
        catch (LinuxException e) when (NamespaceDriver.IsAbsence(e.Errno))
        {
            throw Gone(endpoint, "nothing is there any more", e);
        }
    }

    /// <summary>The cookie tells whether the path still leads to the namespace that was meant.</summary>
    private RouteNetlink OpenInside(EndpointPlan endpoint, NetworkNamespace space)
    {
        RouteNetlink inside = RouteNetlink.Open(space);
        ulong cookie = inside.NamespaceCookie;
        if (cookie == endpoint.NetnsCookie && cookie != host.Cookie)
            return inside;
        inside.Dispose();
        throw cookie != host.Cookie ? Gone(endpoint, "another namespace is there now", null)
            : new FairwayException(ErrorKind.InvalidArgument, $"namespace '{endpoint.NetnsPath}'",
                $"attach endpoint '{endpoint.Name}' to '{endpoint.NetnsPath}': that is the host's own namespace, which has an interface on every network already; choose another");
    }

    private static FairwayException Gone(EndpointPlan endpoint, string what, LinuxException? e)
        => new(ErrorKind.NotFound, $"namespace '{endpoint.NetnsPath}'",
            $"attach endpoint '{endpoint.Name}' to '{endpoint.NetnsPath}': {what}; create the namespace and attach again", inner: e);

    private static FairwayException Failure(EndpointPlan endpoint, string message, LinuxException e)
        => new(ErrorKind.Internal, $"endpoint '{endpoint.Name}'", message, inner: e);
}
