using Fairway.Dataplane.Host;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Uplinks;
using Fairway.Engine.Drivers;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Dataplane;

/// <summary>
/// Takes away everything an instance made in the kernel, whatever its store says or has lost: filters, links, namespaces, pins, and changed settings. It
/// finds its own by their marks. Every step can be repeated; a second run finds nothing.
/// </summary>
public sealed class Uninstaller
{
    private readonly Instance _instance;
    private readonly DataplaneOptions _options;
    private readonly ISettingRecord _settings;

    /// <summary>An uninstaller of an instance that has no daemon running.</summary>
    /// <param name="options">The options the daemon ran with.</param>
    /// <param name="settings">What the daemon recorded; an empty record when the store is lost.</param>
    /// <exception cref="Model.Errors.FairwayException">The instance's name is none (InvalidArgument).</exception>
    public Uninstaller(DataplaneOptions options, ISettingRecord settings)
    {
        _instance = new Instance(options.Instance);
        _options = options;
        _settings = settings;
    }

    /// <summary>Takes everything away.</summary>
    /// <exception cref="LinuxException">The kernel refused a step; what was done until then stays done.</exception>
    public void Run()
    {
        using HostNetlink host = HostNetlink.Open(_options.Host);
        var pins = new PinDirectory(_options.BpfFileSystem, _instance);
        PortRange? configured = pins.ConfiguredPorts();
        new UplinkRemoval(host, pins, _settings).Run();
        // Pins first: with the cgroup programs gone, no process is led to an endpoint that is about to vanish.
        pins.Delete();
        RemoveFilters(host);
        RemoveLinks(host);
        foreach (string name in NetworkNamespace.ListNamed().Where(name => name.StartsWith(_instance.NamespacePrefix, StringComparison.Ordinal)))
            NetworkNamespace.Delete(name);
        new HostSettings(host, _settings).Restore(configured);
    }

    /// <summary>A clsact qdisc that has no filter left is what we put there.</summary>
    private void RemoveFilters(HostNetlink host)
    {
        foreach (Link link in host.Queries.ListLinks().Where(link => _instance.MarkOf(link) is null))
        {
            int removed = 0, strange = 0;
            foreach (TrafficDirection direction in (TrafficDirection[])[TrafficDirection.Ingress, TrafficDirection.Egress])
            {
                IReadOnlyList<TcFilter> filters = host.Queries.ListFilters(link.Index, direction);
                strange += filters.Count(filter => !IsOurs(filter));
                if (!filters.Any(IsOurs))
                    continue;
                host.Changes.DeleteBpfFilter(new BpfFilterSpec { LinkIndex = link.Index, Direction = direction, Preference = Instance.FilterPreference, Handle = _instance.FilterHandle });
                removed++;
            }
            if (removed > 0 && strange == 0 && host.Queries.ListQdiscs(link.Index).Any(qdisc => qdisc.Kind == "clsact"))
                host.Changes.DeleteClsact(link.Index);
        }
    }

    private void RemoveLinks(HostNetlink host)
    {
        int[] ours = [.. host.Queries.ListLinks().Where(link => _instance.MarkOf(link) is not null || _instance.IsLeftOver(link)).Select(link => link.Index)];
        if (ours.Length == 0)
            return;
        var batch = new RouteBatch();
        foreach (int link in ours)
            batch.SetLink(link, new LinkChange { Group = _instance.ReapingGroup });
        // A link whose namespace ended meanwhile is gone already, as it shall be.
        if (host.Changes.Send(batch).FirstOrDefault(failure => failure.Error.Errno != Errno.ENODEV) is { Error: not null } refused)
            throw refused.Error;
        host.Deletions.DeleteLinkGroup(_instance.ReapingGroup);
    }

    private bool IsOurs(TcFilter filter)
        => filter.Kind == "bpf" && filter.Preference == Instance.FilterPreference && filter.Handle == _instance.FilterHandle;
}
