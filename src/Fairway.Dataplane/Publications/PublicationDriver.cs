using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Publications;

/// <inheritdoc/>
/// <remarks>
/// What is applied is remembered by number, to know what a changed publication was before, and whether it was a port's last. A new daemon knows
/// nothing until <see cref="Synchronize"/>.
/// </remarks>
internal sealed class PublicationDriver(VirtualSwitch virtualSwitch, PublishedPortCounts published) : IPublicationDriver
{
    private const uint Present = 1;

    private readonly SwitchMaps _maps = virtualSwitch.Maps;
    private readonly Dictionary<uint, PublicationPlan> _applied = [];

    /// <inheritdoc/>
    public void Apply(IReadOnlyCollection<PublicationPlan> publications)
    {
        bool stricter = false;
        foreach (PublicationPlan publication in publications)
        {
            PublicationPlan? before = _applied.GetValueOrDefault(publication.Number);
            if (publication.Equals(before))
            {
                // Somebody may have taken it away.
                WriteRows(publication);
                continue;
            }
            Write(publication);
            _applied[publication.Number] = publication;
            if (before is null)
                continue;
            published.Release(before.Port, before.Generation);
            RemoveRows(before, except: publication);
            stricter = true;
        }
        if (stricter)
            virtualSwitch.BeginEpoch();
    }

    /// <inheritdoc/>
    public void Remove(IReadOnlyCollection<PublicationPlan> publications)
    {
        foreach (PublicationPlan publication in publications)
        {
            RemoveRows(publication, except: null);
            if (_applied.Remove(publication.Number, out PublicationPlan? applied))
                published.Release(applied.Port, applied.Generation);
        }
        if (publications.Count > 0)
            virtualSwitch.BeginEpoch();
    }

    /// <inheritdoc/>
    public int Synchronize(IReadOnlyCollection<PublicationPlan> publications)
    {
        var rows = new Dictionary<PublicationKey, PublicationRow>();
        foreach ((PublicationKey key, PublicationRow row) in publications.SelectMany(PublicationTable.RowsOf))
            rows[key] = row;
        HashSet<SourceKey> sources = [.. publications.SelectMany(PublicationTable.SourcesOf)];
        int changed = AddSources(sources);
        // A port that is still published must not forget it in between: its answers would be dropped.
        changed += publications.Count(publication => published.Hold(publication.Port, publication.Generation));
        foreach (PublicationPlan before in _applied.Values)
            published.Release(before.Port, before.Generation);
        _applied.Clear();
        foreach (PublicationPlan publication in publications)
            _applied[publication.Number] = publication;
        (int written, bool stricter) = WriteRows(rows);
        changed += written;
        SourceKey[] strangeSources = [.. _maps.Sources.Enumerate().Select(entry => entry.Key).Where(key => !sources.Contains(key))];
        changed += _maps.Sources.RemoveMany(strangeSources);
        changed += published.ReleaseOthers();
        if (stricter || strangeSources.Length > 0)
            virtualSwitch.BeginEpoch();
        return changed;
    }

    /// <summary>Who may use it is known before it can be used, and its port knows of it before it answers the first.</summary>
    private void Write(PublicationPlan publication)
    {
        try
        {
            published.Hold(publication.Port, publication.Generation);
            WriteRows(publication);
        }
        catch (LinuxException e) when (e.Errno is Errno.E2BIG or Errno.ENOMEM or Errno.ENOSPC)
        {
            RemoveRows(publication, except: null);
            published.Release(publication.Port, publication.Generation);
            throw new FairwayException(ErrorKind.Exhausted, $"port {publication.HostPort}",
                $"publish port {publication.HostPort}: the host has no room for more than {SwitchLimits.MaxPublications} published ports and {SwitchLimits.MaxSources} sources; withdraw others", inner: e);
        }
    }

    private void WriteRows(PublicationPlan publication)
    {
        SourceKey[] sources = [.. PublicationTable.SourcesOf(publication)];
        _maps.Sources.SetMany(sources, Enumerable.Repeat(Present, sources.Length).ToArray());
        WriteMany(PublicationTable.RowsOf(publication));
    }

    private void WriteMany(IEnumerable<KeyValuePair<PublicationKey, PublicationRow>> entries)
    {
        KeyValuePair<PublicationKey, PublicationRow>[] rows = [.. entries];
        _maps.Publications.SetMany(Array.ConvertAll(rows, row => row.Key), Array.ConvertAll(rows, row => row.Value));
    }

    /// <summary>A host port that another publication has taken over meanwhile stays.</summary>
    private void RemoveRows(PublicationPlan publication, PublicationPlan? except)
    {
        HashSet<PublicationKey> kept = except is null ? [] : [.. PublicationTable.RowsOf(except).Select(row => row.Key)];
        foreach ((PublicationKey key, _) in PublicationTable.RowsOf(publication))
        {
            if (!kept.Contains(key) && _maps.Publications.Find(key)?.Number == publication.Number)
                _maps.Publications.Remove(key);
        }
        HashSet<SourceKey> keptSources = except is null ? [] : [.. PublicationTable.SourcesOf(except)];
        _maps.Sources.RemoveMany([.. PublicationTable.SourcesOf(publication).Where(source => !keptSources.Contains(source))]);
    }

    private int AddSources(HashSet<SourceKey> sources)
    {
        HashSet<SourceKey> present = [.. _maps.Sources.Enumerate().Select(entry => entry.Key)];
        SourceKey[] missing = [.. sources.Where(source => !present.Contains(source))];
        _maps.Sources.SetMany(missing, Enumerable.Repeat(Present, missing.Length).ToArray());
        return missing.Length;
    }

    private (int Written, bool Stricter) WriteRows(Dictionary<PublicationKey, PublicationRow> rows)
    {
        var strange = new List<PublicationKey>();
        var missing = new Dictionary<PublicationKey, PublicationRow>(rows);
        bool replaced = false;
        foreach ((PublicationKey key, PublicationRow row) in _maps.Publications.Enumerate())
        {
            // Somebody else's: a load balancer's.
            if ((row.Flags & PublicationRow.Balanced) != 0)
                continue;
            if (!rows.TryGetValue(key, out PublicationRow wanted))
                strange.Add(key);
            else if (row == wanted)
                missing.Remove(key);
            else
                replaced = true;
        }
        WriteMany(missing);
        _maps.Publications.RemoveMany(strange.ToArray());
        return (missing.Count + strange.Count, replaced || strange.Count > 0);
    }
}
