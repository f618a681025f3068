using System.Collections.Immutable;
using Fairway.Dataplane.Publications;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.LoadBalancers;

/// <inheritdoc/>
/// <remarks>
/// A change of backends writes them and their choices beside those in use and then exchanges one row, which all frontends and ports share: no
/// packet sees half a change.
/// </remarks>
internal sealed class LoadBalancerDriver(VirtualSwitch virtualSwitch, PublishedPortCounts published) : ILoadBalancerDriver
{
    private readonly SwitchMaps _maps = virtualSwitch.Maps;
    private readonly BackendTable _backends = new(virtualSwitch.Maps);
    private readonly Dictionary<uint, LoadBalancerPlan> _applied = [];

    /// <summary>Those whose last change failed half-way: whose backends are in the kernel is not known.</summary>
    private readonly HashSet<uint> _unsure = [];

    /// <inheritdoc/>
    public void Apply(LoadBalancerPlan balancer)
    {
        LoadBalancerPlan? before = _applied.GetValueOrDefault(balancer.Number);
        try
        {
            Hold(balancer);
            if (before is null || _unsure.Contains(balancer.Number) || !balancer.Backends.SequenceEqual(before.Backends))
                _backends.Write(balancer.Number, balancer.Backends);
            WriteServices(balancer);
        }
        catch (Exception problem)
        {
            Release(balancer);
            _unsure.Add(balancer.Number);
            RemoveServices(balancer, except: before);
            if (before is null)
                _backends.Remove(balancer.Number);
            if (problem is LinuxException { Errno: Errno.E2BIG or Errno.ENOMEM or Errno.ENOSPC })
                throw NoRoom(problem);
            throw;
        }
        _applied[balancer.Number] = balancer;
        _unsure.Remove(balancer.Number);
        if (before is null)
            return;
        Retire(before);
        if (RemoveServices(before, except: balancer) || (before.Source is { } source && source != balancer.Source))
            virtualSwitch.BeginEpoch();
    }

    /// <inheritdoc/>
    public void Remove(uint number)
    {
        if (!_applied.TryGetValue(number, out LoadBalancerPlan? balancer))
            return;
        RemoveServices(balancer, except: null);
        _backends.Remove(number);
        _applied.Remove(number);
        _unsure.Remove(number);
        Release(balancer);
        virtualSwitch.BeginEpoch();
    }

    /// <inheritdoc/>
    public void Synchronize(IReadOnlyCollection<LoadBalancerPlan> balancers)
    {
        foreach (LoadBalancerPlan balancer in balancers)
            Hold(balancer);
        foreach (LoadBalancerPlan before in _applied.Values)
            Release(before);
        _applied.Clear();
        _unsure.Clear();
        _backends.Adopt(balancers);
        var rows = new Dictionary<PublicationKey, PublicationRow>(balancers.SelectMany(ServiceTable.RowsOf));
        bool stricter = false;
        PublicationKey[] strange = [.. _maps.Publications.Enumerate()
            .Where(entry => (entry.Value.Flags & PublicationRow.Balanced) != 0 && !rows.ContainsKey(entry.Key)).Select(entry => entry.Key)];
        foreach ((PublicationKey key, PublicationRow row) in rows)
        {
            if (_maps.Publications.Find(key) is not { } present || present != row)
            {
                stricter |= _maps.Publications.Find(key) is not null;
                _maps.Publications.Set(key, row);
            }
        }
        _maps.Publications.RemoveMany(strange);
        foreach (LoadBalancerPlan balancer in balancers)
            _applied[balancer.Number] = balancer;
        _backends.RemoveExcept([.. balancers.Select(balancer => balancer.Number)]);
        if (stricter || strange.Length > 0)
            virtualSwitch.BeginEpoch();
    }

    private void WriteServices(LoadBalancerPlan balancer)
    {
        KeyValuePair<PublicationKey, PublicationRow>[] rows = [.. ServiceTable.RowsOf(balancer)];
        _maps.Publications.SetMany(Array.ConvertAll(rows, row => row.Key), Array.ConvertAll(rows, row => row.Value));
    }

    /// <summary>Takes ports away; those that somebody else has taken over meanwhile stay.</summary>
    private bool RemoveServices(LoadBalancerPlan balancer, LoadBalancerPlan? except)
    {
        HashSet<PublicationKey> kept = except is null ? [] : [.. ServiceTable.RowsOf(except).Select(row => row.Key)];
        PublicationKey[] gone = [.. ServiceTable.RowsOf(balancer).Select(row => row.Key)
            .Where(key => !kept.Contains(key) && _maps.Publications.Find(key)?.Number == balancer.Number)];
        _maps.Publications.RemoveMany(gone);
        return gone.Length > 0;
    }

    /// <summary>Backends whose ports are this host's.</summary>
    private static IEnumerable<BackendPlan> Here(LoadBalancerPlan balancer) => balancer.Backends.Where(backend => !backend.IsRemote);

    private void Hold(LoadBalancerPlan balancer)
    {
        foreach (BackendPlan backend in Here(balancer))
            published.Hold(backend.Port, backend.Generation);
    }

    private void Release(LoadBalancerPlan balancer)
    {
        foreach (BackendPlan backend in Here(balancer))
            published.Release(backend.Port, backend.Generation);
    }

    private void Retire(LoadBalancerPlan balancer)
    {
        foreach (BackendPlan backend in Here(balancer))
            published.Retire(backend.Port, backend.Generation);
    }

    private static FairwayException NoRoom(Exception inner) => new(ErrorKind.Exhausted, "load balancers",
        $"the host has no room for more load balancers; it holds {SwitchLimits.MaxPublications} ports of publications and load balancers, and {SwitchLimits.MaxBackends} backends; delete others", inner: inner);
}
