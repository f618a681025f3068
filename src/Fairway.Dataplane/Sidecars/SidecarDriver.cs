using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Model.Errors;
using Fairway.Model.Policies;

namespace Fairway.Dataplane.Sidecars;

/// <inheritdoc/>
/// <remarks>
/// What a sidecar gets is a set of prefixes with a number, which its row leads to. A change is a new set and one row exchanged for another, then the old set goes. The row is
/// found by the endpoint's port where packets arrive, and by the cookie of the namespace where processes connect.
/// </remarks>
internal sealed class SidecarDriver(VirtualSwitch virtualSwitch) : ISidecarDriver
{
    private readonly SwitchMaps _maps = virtualSwitch.Maps;
    private readonly Dictionary<Guid, (SidecarPlan Plan, uint Set)> _held = [];
    private uint _last;

    /// <inheritdoc/>
    public void Apply(SidecarPlan plan)
    {
        Hooks(plan).Attach();
        uint set = Write(plan);
        _maps.Sidecars.Set(plan.Port, RowOf(plan, set));
        _maps.SidecarSpaces.Set(plan.NetnsCookie, plan.Port);
        _held.Remove(plan.Owner, out (SidecarPlan Plan, uint Set) before);
        _held[plan.Owner] = (plan, set);
        if (before.Plan is null)
            return;
        if (before.Plan.Port != plan.Port)
            _maps.Sidecars.Remove(before.Plan.Port);
        if (before.Plan.NetnsCookie != plan.NetnsCookie)
            Leave(before.Plan);
        _maps.SidecarPrefixes.RemoveMany(Keys(before.Plan, before.Set));
    }

    /// <inheritdoc/>
    public void Remove(SidecarPlan plan)
    {
        if (!_held.Remove(plan.Owner, out (SidecarPlan Plan, uint Set) held))
            return;
        Leave(held.Plan);
        _maps.Sidecars.Remove(held.Plan.Port);
        _maps.SidecarPrefixes.RemoveMany(Keys(held.Plan, held.Set));
        if (_held.Count == 0)
            virtualSwitch.SidecarHooks?.Detach();
    }

    /// <inheritdoc/>
    public void Synchronize(IReadOnlyCollection<SidecarPlan> plans)
    {
        SidecarKey[] present = [.. _maps.SidecarPrefixes.Enumerate().Select(entry => entry.Key)];
        _last = present.Select(key => key.Number).Append(_last).Max();
        _held.Clear();
        foreach (SidecarPlan plan in plans)
            Apply(plan);
        HashSet<ulong> spaces = [.. plans.Select(plan => plan.NetnsCookie)];
        foreach (ulong cookie in _maps.SidecarSpaces.Enumerate().Select(entry => entry.Key).Where(cookie => !spaces.Contains(cookie)).ToList())
            _maps.SidecarSpaces.Remove(cookie);
        HashSet<uint> ports = [.. plans.Select(plan => plan.Port)];
        foreach (uint port in _maps.Sidecars.Enumerate().Select(entry => entry.Key).Where(port => !ports.Contains(port)).ToList())
            _maps.Sidecars.Remove(port);
        _maps.SidecarPrefixes.RemoveMany(present);
        if (plans.Count == 0)
            virtualSwitch.SidecarHooks?.Detach();
    }

    private SidecarHooks Hooks(SidecarPlan plan) => virtualSwitch.SidecarHooks ?? throw new FairwayException(ErrorKind.Unsupported, $"endpoint '{plan.Name}'",
        $"lead connections of endpoint '{plan.Name}' to a sidecar: no cgroup2 file system is mounted, so the switch does not see processes connect; mount one (mount -t cgroup2 none /sys/fs/cgroup/unified) and restart the daemon");

    /// <summary>Another endpoint's sidecar may have the namespace by now.</summary>
    private void Leave(SidecarPlan plan)
    {
        if (_maps.SidecarSpaces.Find(plan.NetnsCookie) == plan.Port)
            _maps.SidecarSpaces.Remove(plan.NetnsCookie);
    }

    private uint Write(SidecarPlan plan)
    {
        uint set = ++_last;
        SidecarKey[] keys = Keys(plan, set);
        try
        {
            _maps.SidecarPrefixes.SetMany(keys, [.. plan.Prefixes.Select(prefix => (prefix.Outbound ? SidecarFlags.Out : SidecarFlags.None) | (prefix.Inbound ? SidecarFlags.In : SidecarFlags.None))]);
            return set;
        }
        catch (LinuxException e) when (e.Errno is Errno.E2BIG or Errno.ENOMEM or Errno.ENOSPC)
        {
            _maps.SidecarPrefixes.RemoveMany(keys);
            throw new FairwayException(ErrorKind.Exhausted, $"endpoint '{plan.Name}'",
                $"lead connections of endpoint '{plan.Name}' to a sidecar: the host has no room for more than {SwitchLimits.MaxSidecarPrefixes} prefixes of all sidecars; give fewer exceptions", inner: e);
        }
    }

    private static SidecarKey[] Keys(SidecarPlan plan, uint set) => [.. plan.Prefixes.Select(prefix => new SidecarKey(set, prefix.Prefix))];

    private static SidecarRow RowOf(SidecarPlan plan, uint set)
    {
        var row = new SidecarRow
        {
            Flags = (plan.OutboundPort is null ? SidecarFlags.None : SidecarFlags.Out) | (plan.InboundPort is null ? SidecarFlags.None : SidecarFlags.In) | (plan.User is null ? SidecarFlags.None : SidecarFlags.User),
            Set = set,
            User = plan.User ?? 0,
            OutboundPort = BinaryPrimitives.ReverseEndianness((ushort)(plan.OutboundPort ?? 0)),
            InboundPort = BinaryPrimitives.ReverseEndianness((ushort)(plan.InboundPort ?? 0)),
            Outbound4 = plan.OutboundAddress is { AddressFamily: AddressFamily.InterNetwork } four ? new MappedAddress(four) : MappedAddress.None,
            Outbound6 = plan.OutboundAddress is { AddressFamily: AddressFamily.InterNetworkV6 } six ? new MappedAddress(six) : MappedAddress.None,
            OutboundCount = (uint)plan.OutboundPorts.Length,
            InboundCount = (uint)plan.InboundPorts.Length,
        };
        Write(plan.OutboundPorts, row.OutboundRanges);
        Write(plan.InboundPorts, row.InboundRanges);
        return row;
    }

    private static void Write(ImmutableArray<PortInterval> ports, Span<uint> ranges)
    {
        for (int i = 0; i < ports.Length; i++)
            ranges[i] = (uint)ports[i].First << 16 | ports[i].Last;
    }
}
