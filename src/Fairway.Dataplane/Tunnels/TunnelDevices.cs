using Fairway.Dataplane.Host;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Linux;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Tunnels;

/// <summary>
/// The VXLAN devices, one for each UDP port in use by overlay networks: which network and which other host a packet is for travels with the
/// packet, so a device serves any number of both.
/// </summary>
internal sealed class TunnelDevices(HostNetlink host, Instance instance, VirtualSwitch virtualSwitch, PortHolder holders)
{
    // Whatever an endpoint may send, and the headers, must pass; how large packets get is decided by endpoints' MTUs.
    private const uint Mtu = 65000;

    private readonly ForwardingLink _forwarding = new(host.Namespace);

    public static string NameOf(ushort port) => $"fwt{port}";

    /// <summary>What a port's device is known by.</summary>
    public static Guid IdOf(ushort port) => new(port, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    /// <summary>The port of a device of ours.</summary>
    public static ushort PortOf(LinkMark mark) => BitConverter.ToUInt16(mark.Id.ToByteArray());

    /// <summary>Makes a port's device, or brings it to where it should be, and returns its index.</summary>
    public int Apply(ushort port)
    {
        try
        {
            Link link = FindOrCreate(port);
            Complete(link, port);
            return link.Index;
        }
        catch (LinuxException e)
        {
            Abandon(port, e.Errno == Errno.EADDRINUSE);
            if (e.Errno == Errno.EADDRINUSE)
                throw Held(port, e);
            throw;
        }
    }

    /// <summary>Whether a port's device is where <see cref="Apply"/> leaves it; its index, or null.</summary>
    public int? Find(ushort port, Link? link)
    {
        if (link is not { IsUp: true } || instance.MarkOf(link) is not { Kind: LinkKind.Tunnel })
            return null;
        BpfFilterSpec wanted = virtualSwitch.TunnelFilter(link.Index, port);
        return host.Queries.ListFilters(link.Index, TrafficDirection.Ingress).Any(filter => VirtualSwitch.IsInPlace(filter, wanted)) ? link.Index : null;
    }

    private void Complete(Link link, ushort port)
    {
        var batch = new RouteBatch();
        if (instance.MarkOf(link) is null)
            batch.AddAlternativeName(link.Index, instance.Mark(LinkKind.Tunnel, IdOf(port)).ToString());
        HostSide.KeepSilent(batch, link.Index);
        host.Changes.Execute(batch);
        // The host is asked in its name how to route what endpoints send to the outside.
        _forwarding.Allow(link.Name);
        Attach(link.Index, port);
        host.Changes.SetLink(link.Index, new LinkChange { Up = true, Group = 0 });
    }

    private Link FindOrCreate(ushort port)
    {
        string name = NameOf(port);
        if (host.Changes.FindLink(name) is { } link)
        {
            if (instance.MarkOf(link) is { Kind: LinkKind.Tunnel } || link.Group == instance.UnbornGroup)
                return link;
            throw new FairwayException(ErrorKind.Conflict, $"link '{name}'", $"link '{name}' of the host belongs to somebody else; rename or delete it");
        }
        try
        {
            host.Changes.CreateLink(new VxlanSpec
            {
                Name = name,
                CollectMetadata = true,
                Port = port,
                Learning = false,
                UdpChecksum = true,
                Mtu = Mtu,
                Group = instance.UnbornGroup,
            });
        }
        catch (LinuxException e) when (e.Errno == Errno.EEXIST)
        {
            throw Held(port, e);
        }
        return host.Changes.GetLink(name);
    }

    /// <summary>Takes a device away that is not complete: nobody would know it by its mark, and its UDP port would stay taken.</summary>
    private void Abandon(ushort port, bool complete)
    {
        if (host.Changes.FindLink(NameOf(port)) is { } link && (link.Group == instance.UnbornGroup || (complete && instance.MarkOf(link) is { Kind: LinkKind.Tunnel })))
            host.Deletions.DeleteLink(link.Index);
    }

    private void Attach(int link, ushort port)
    {
        var batch = new RouteBatch();
        batch.AddIngress(link);
        batch.ReplaceBpfFilter(virtualSwitch.TunnelFilter(link, port));
        foreach (Linux.Netlink.BatchFailure failure in host.Changes.Send(batch))
        {
            // The device has its qdisc already.
            if (failure.Index == 1)
                throw failure.Error;
        }
    }

    private FairwayException Held(ushort port, LinuxException e) => new(ErrorKind.Conflict, $"UDP port {port}",
        $"UDP port {port} is held by {holders.Find(port)}; stop that, or give the network another port (VxlanPort)", HcnErrorCode.PortAlreadyExists, e);
}
