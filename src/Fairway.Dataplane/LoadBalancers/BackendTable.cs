using System.Collections.Immutable;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;
using Fairway.Linux;

namespace Fairway.Dataplane.LoadBalancers;

/// <summary>The switch's backends and choices, and the row of each balancer that says where its own stand.</summary>
internal sealed class BackendTable(SwitchMaps maps)
{
    private readonly Dictionary<uint, BalancerRow> _rows = [];
    private RowSpace _backends = new(SwitchLimits.MaxBackends);
    private RowSpace _lines = new(SwitchLimits.ChoiceLines);
    private uint _stamp;

    /// <summary>Gives a balancer other backends.</summary>
    /// <exception cref="LinuxException">ENOSPC: there is no room.</exception>
    public void Write(uint number, ImmutableArray<BackendPlan> backends)
    {
        ushort[] choices = ChoiceTable.Build([.. backends.Select(backend => backend.Endpoint)]);
        BalancerRow row = Take((uint)backends.Length, (uint)choices.Length);
        try
        {
            WriteBackends(row, backends);
            WriteChoices(row, choices);
            maps.Balancers.Set(number, row);
        }
        catch
        {
            Free(row);
            throw;
        }
        if (_rows.Remove(number, out BalancerRow before))
            Free(before);
        _rows[number] = row;
    }

    public void Remove(uint number)
    {
        maps.Balancers.Remove(number);
        if (_rows.Remove(number, out BalancerRow row))
            Free(row);
    }

    /// <summary>Takes over what an earlier daemon wrote, where it is as planned, and writes the rest. A row in <c>balancers</c> is always whole.</summary>
    public void Adopt(IReadOnlyCollection<LoadBalancerPlan> balancers)
    {
        (_backends, _lines) = (new(SwitchLimits.MaxBackends), new(SwitchLimits.ChoiceLines));
        _rows.Clear();
        Dictionary<uint, BalancerRow> present = maps.Balancers.Enumerate().ToDictionary(entry => entry.Key, entry => entry.Value);
        _stamp = present.Values.Select(row => row.Stamp).DefaultIfEmpty().Max();
        // All of them first: what is written anew must not stand where one of the others stands.
        foreach ((uint number, BalancerRow row) in present)
        {
            if (_backends.TryReserve(row.FirstBackend, row.Backends) && _lines.TryReserve(row.FirstLine, Lines(row)))
                _rows[number] = row;
        }
        foreach (LoadBalancerPlan balancer in balancers)
        {
            if (!_rows.TryGetValue(balancer.Number, out BalancerRow row) || !IsAsPlanned(row, balancer.Backends))
                Write(balancer.Number, balancer.Backends);
        }
    }

    public void RemoveExcept(HashSet<uint> numbers)
    {
        foreach (uint number in maps.Balancers.Enumerate().Select(entry => entry.Key).Where(number => !numbers.Contains(number)).ToList())
            Remove(number);
    }

    private BalancerRow Take(uint backends, uint choices)
    {
        uint lines = choices / SwitchLimits.LineChoices;
        uint? firstBackend = _backends.Take(backends);
        uint? firstLine = firstBackend is null ? null : _lines.Take(lines);
        if (firstLine is null)
        {
            if (firstBackend is { } taken)
                _backends.Free(taken, backends);
            throw new LinuxException(Errno.ENOSPC, "take rows", "backends");
        }
        return new BalancerRow { Stamp = ++_stamp, FirstBackend = firstBackend!.Value, Backends = backends, FirstLine = firstLine.Value, Mask = choices == 0 ? 0 : choices - 1 };
    }

    private void Free(BalancerRow row)
    {
        _backends.Free(row.FirstBackend, row.Backends);
        _lines.Free(row.FirstLine, Lines(row));
    }

    private static uint Lines(BalancerRow row) => row.Mask == 0 ? 0 : (row.Mask + 1) / SwitchLimits.LineChoices;

    private void WriteBackends(BalancerRow balancer, ImmutableArray<BackendPlan> backends)
    {
        uint[] keys = [.. Enumerable.Range(0, backends.Length).Select(i => balancer.FirstBackend + (uint)i)];
        maps.Backends.SetMany(keys, [.. backends.Select(backend => Row(balancer.Stamp, backend))]);
    }

    private void WriteChoices(BalancerRow balancer, ushort[] choices)
    {
        var lines = new ChoiceLine[choices.Length / SwitchLimits.LineChoices];
        for (int i = 0; i < choices.Length; i++)
            lines[i / SwitchLimits.LineChoices].Backend[i % SwitchLimits.LineChoices] = choices[i];
        uint[] keys = [.. Enumerable.Range(0, lines.Length).Select(i => balancer.FirstLine + (uint)i)];
        maps.Choices.SetMany(keys, lines);
    }

    private bool IsAsPlanned(BalancerRow row, ImmutableArray<BackendPlan> backends)
    {
        if (row.Backends != backends.Length)
            return false;
        for (int i = 0; i < backends.Length; i++)
        {
            if (maps.Backends.Find(row.FirstBackend + (uint)i) is not { } present || present != Row(row.Stamp, backends[i]))
                return false;
        }
        return true;
    }

    private static BackendRow Row(uint stamp, BackendPlan backend) => new()
    {
        Stamp = stamp,
        Port = backend.Port,
        Generation = backend.Generation,
        Network = backend.Network,
        Identity = (uint)BackendHash.Of(backend.Endpoint),
        Address = new MappedAddress(backend.Address),
    };
}
