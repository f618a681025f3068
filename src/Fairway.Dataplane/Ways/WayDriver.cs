using Fairway.Dataplane.Endpoints;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Ways;

/// <inheritdoc/>
/// <remarks>
/// An endpoint's ways are a set with a number. A change is a new set, which the port's row is led to at once; the old one goes after it. A
/// new daemon keeps sets that say what they should.
/// </remarks>
internal sealed class WayDriver(VirtualSwitch virtualSwitch, PortTable ports, DataplaneOptions options) : IWayDriver
{
    private readonly SwitchMaps _maps = virtualSwitch.Maps;
    private readonly Dictionary<Guid, (WayPlan Plan, uint Set)> _held = [];
    private uint _last;

    /// <inheritdoc/>
    public void Apply(WayPlan plan)
    {
        uint set = Write(plan);
        ports.SetWays(plan.Port, plan.Generation, set, QuotaOf(plan));
        _held.Remove(plan.Owner, out (WayPlan Plan, uint Set) before);
        _held[plan.Owner] = (plan, set);
        if (before.Plan is not null && (before.Plan.Port, before.Plan.Generation) != (plan.Port, plan.Generation))
            ports.SetWays(before.Plan.Port, before.Plan.Generation, 0, 0);
        virtualSwitch.BeginEpoch();
        Delete(before.Plan, before.Set);
    }

    /// <inheritdoc/>
    public void Remove(WayPlan plan)
    {
        if (!_held.Remove(plan.Owner, out (WayPlan Plan, uint Set) held))
            return;
        ports.SetWays(held.Plan.Port, held.Plan.Generation, 0, 0);
        virtualSwitch.BeginEpoch();
        Delete(held.Plan, held.Set);
    }

    /// <inheritdoc/>
    public void Synchronize(IReadOnlyCollection<WayPlan> plans)
    {
        Dictionary<uint, Dictionary<WayKey, WayRow>> present = _maps.Ways.Enumerate().GroupBy(entry => entry.Key.Number).ToDictionary(set => set.Key, set => set.ToDictionary());
        Dictionary<uint, PortRow> rows = ports.Endpoints().ToDictionary();
        _last = present.Keys.Append(_last).Max();
        _held.Clear();
        foreach (WayPlan plan in plans)
        {
            uint known = rows.TryGetValue(plan.Port, out PortRow row) && row.Generation == plan.Generation ? row.Ways : 0;
            bool keep = known != 0 && present.TryGetValue(known, out Dictionary<WayKey, WayRow>? set) && IsWhole(set, plan, known);
            _held[plan.Owner] = (plan, keep ? known : Write(plan));
            ports.SetWays(plan.Port, plan.Generation, _held[plan.Owner].Set, QuotaOf(plan));
        }
        HashSet<(uint Port, uint Generation)> led = [.. plans.Select(plan => (plan.Port, plan.Generation))];
        foreach ((uint port, PortRow row) in rows.Where(row => row.Value.Ways != 0 && !led.Contains((row.Key, row.Value.Generation))))
            ports.SetWays(port, row.Generation, 0, 0);
        virtualSwitch.BeginEpoch();
        HashSet<uint> sets = [.. _held.Values.Select(held => held.Set)];
        _maps.Ways.RemoveMany([.. present.Where(set => !sets.Contains(set.Key)).SelectMany(set => set.Value.Keys)]);
    }

    private uint QuotaOf(WayPlan plan) => plan.PortPoolUsage is { } percent ? Math.Max(1, (uint)(options.TranslationPorts.Count * percent / 100)) : 0;

    private uint Write(WayPlan plan)
    {
        uint set = ++_last;
        WayKey[] keys = Keys(plan, set);
        try
        {
            _maps.Ways.SetMany(keys, [.. plan.Ways.Select(RowOf)]);
            return set;
        }
        catch (LinuxException e) when (e.Errno is Errno.E2BIG or Errno.ENOMEM or Errno.ENOSPC)
        {
            _maps.Ways.RemoveMany(keys);
            throw new FairwayException(ErrorKind.Exhausted, $"endpoint '{plan.Name}'",
                $"tell the switch how packets of endpoint '{plan.Name}' leave: the host has no room for more than {SwitchLimits.MaxWays} prefixes of all endpoints; take routes or exceptions away", inner: e);
        }
    }

    private void Delete(WayPlan? plan, uint set)
    {
        if (plan is not null)
            _maps.Ways.RemoveMany(Keys(plan, set));
    }

    private static bool IsWhole(Dictionary<WayKey, WayRow> set, WayPlan plan, uint number)
        => set.Count == plan.Ways.Length && plan.Ways.All(way => set.TryGetValue(new WayKey(number, way.Prefix), out WayRow row) && row == RowOf(way));

    private static WayKey[] Keys(WayPlan plan, uint set) => [.. plan.Ways.Select(way => new WayKey(set, way.Prefix))];

    private static WayRow RowOf(WayPrefix way) => new()
    {
        Flags = way.Leaving switch
        {
            WayLeaving.Translated => WayFlags.Translated,
            WayLeaving.Untranslated => WayFlags.Untranslated,
            _ => WayFlags.None,
        }
        | (way.NextHop is null ? WayFlags.None : way.IsEncapsulated ? WayFlags.Encapsulated : WayFlags.Hop),
        Source = way.Source is null ? MappedAddress.None : new MappedAddress(way.Source),
        NextHop = way.NextHop is null ? MappedAddress.None : new MappedAddress(way.NextHop),
    };
}
