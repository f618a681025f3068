using System.Collections.Immutable;
using Fairway.Engine.Ipam;
using Fairway.Engine.State;
using Fairway.Engine.Store.Rows;
using Fairway.Model.Changes;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Engine.Store;

/// <summary>
/// One write in the making: the state it started from, changed step by step, and beside it the rows, the changes to tell and what was
/// touched. Thrown away when a check fails; nothing of it is visible before it is committed.
/// </summary>
internal sealed partial class StoreTransaction
{
    private readonly List<Action<StoreWriter>> _rows = [];
    private readonly List<Change> _changes = [];

    public StoreTransaction(HostState state, DateTimeOffset now)
    {
        Revision = state.Revision + 1;
        State = state with { Revision = Revision };
        Now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
    }

    /// <summary>The state as this write leaves it so far.</summary>
    public HostState State { get; private set; }

    /// <summary>The revision this write becomes.</summary>
    public long Revision { get; }

    /// <summary>When it is made, to the millisecond, as the rows keep it.</summary>
    public DateTimeOffset Now { get; }

    public StateDelta Delta { get; } = new();

    public IReadOnlyList<Change> Changes => _changes;

    public IReadOnlyList<Action<StoreWriter>> Rows => _rows;

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Enters a network, or replaces one: addresses that rest in subnets it has no more are forgotten.</summary>
    public void Put(Network network, ChangeKind? told = null)
    {
        network = network with { Revision = Revision };
        if (State.Networks.TryGetValue(network.Spec.Id, out var known))
            Follow(known, network);
        var kind = told ?? (State.Networks.ContainsKey(network.Spec.Id) ? ChangeKind.Modified : ChangeKind.Created);
        State = State.With(network);
        _rows.Add(writer => writer.Networks.Put(network));
        Delta.Networks.Add(network.Spec.Id);
        Tell(ResourceKind.Network, kind, network.Spec.Id, network.Spec.Name);
    }

    /// <summary>What depends on a network's subnets and translation: resting addresses, and how its endpoints' packets leave.</summary>
    private void Follow(NetworkScope known, Network network)
    {
        var id = network.Spec.Id;
        ImmutableArray<System.Net.IPAddress> homeless = [.. known.Leases.Keys.Where(address => !network.Spec.Subnets.Any(subnet => subnet.Prefix.Contains(address)))];
        if (!homeless.IsEmpty)
        {
            State = State.WithoutLeases(id, homeless);
            _rows.Add(writer => writer.Leases.Delete(id, homeless));
        }
        if (network.Spec.Subnets != known.Network.Spec.Subnets || network.Spec.OutboundNat != known.Network.Spec.OutboundNat)
            Delta.Ways.UnionWith(known.Endpoints.Values);
    }

    public void Delete(Network network)
    {
        var id = network.Spec.Id;
        ForgetPolicies(id);
        State = State.WithoutNetwork(id);
        _rows.Add(writer => writer.Networks.Delete(id));
        Delta.Networks.Add(id);
        Tell(ResourceKind.Network, ChangeKind.Deleted, id, network.Spec.Name);
    }

    /// <summary>Takes the next free number.</summary>
    /// <exception cref="FairwayException">Exhausted.</exception>
    public uint TakeNumber(NumberKind kind)
    {
        var numbers = State.Numbers(kind);
        var number = numbers.Next() ?? throw Exhausted(kind, numbers);
        State = State.With(kind, numbers.Take(number));
        _rows.Add(writer => writer.Numbers.PutCursor(kind, number));
        return number;
    }

    /// <summary>Counts one more use of a port number, so that nothing of its earlier owner is taken for the new one's.</summary>
    public uint TakeGeneration(uint port)
    {
        var generation = State.Generations.GetValueOrDefault(port) + 1;
        State = State.WithGeneration(port, generation);
        _rows.Add(writer => writer.Numbers.PutGeneration(port, generation));
        return generation;
    }

    /// <summary>Notes the boot in which the namespaces' cookies are valid.</summary>
    public void PutBoot(string bootId)
    {
        State = State with { BootId = bootId };
        _rows.Add(writer => writer.Facts.Put(FactRows.BootId, bootId));
    }

    /// <summary>Writes a setting of the host as it was before it was changed, or forgets it (null).</summary>
    public void PutSetting(string name, string? original) => _rows.Add(writer => writer.Settings.Put(name, original));

    private void Tell(ResourceKind resource, ChangeKind kind, Guid id, string? name) =>
        _changes.Add(new Change(Revision, resource, kind, id, name));

    private static FairwayException Exhausted(NumberKind kind, NumberSpace numbers)
    {
        var things = kind switch
        {
            NumberKind.Port => "endpoints",
            NumberKind.Network => "networks",
            NumberKind.Publication => "publications",
            _ => "namespaces",
        };
        return new FairwayException(ErrorKind.Exhausted, things, $"this host holds {numbers.Count} {things}, as many as it can; delete some first");
    }
}
