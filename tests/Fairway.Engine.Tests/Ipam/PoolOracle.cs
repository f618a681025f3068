using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Networks;

namespace Fairway.Engine.Tests.Ipam;

/// <summary>The pool's rules, written down naively: a list of all candidate addresses, searched from the last given one.</summary>
internal sealed class PoolOracle
{
    private readonly SubnetSpec _subnet;
    private readonly TimeSpan _quarantine;
    private readonly List<IPAddress> _candidates;
    private readonly HashSet<IPAddress> _leased = [];
    private readonly List<(IPAddress Address, DateTimeOffset At)> _resting = [];
    private int _position;

    public PoolOracle(SubnetSpec subnet, TimeSpan quarantine)
    {
        _subnet = subnet;
        _quarantine = quarantine;
        _candidates = [.. All(subnet.AllocationRange ?? subnet.Prefix).Where(address => subnet.Prefix.IsUsable(address))];
    }

    /// <summary>An address of the subnet that may be asked for, or null.</summary>
    public IPAddress? Address(int index) =>
        (UInt128)index <= _subnet.Prefix.LastIndex && _subnet.Prefix.Nth((UInt128)index) is var address && _subnet.Prefix.IsUsable(address) && !address.Equals(_subnet.Gateway) ? address : null;

    public bool IsLeased(IPAddress address) => _leased.Contains(address);

    public void Take(IPAddress address)
    {
        _leased.Add(address);
        _resting.RemoveAll(entry => entry.Address.Equals(address));
    }

    public void Free(IPAddress address, DateTimeOffset at)
    {
        _leased.Remove(address);
        _resting.Add((address, at));
    }

    public IPAddress? Allocate(DateTimeOffset now)
    {
        _resting.RemoveAll(entry => entry.At + _quarantine <= now);
        var given = Enumerable.Range(0, _candidates.Count).Select(i => _candidates[(_position + i) % _candidates.Count]).FirstOrDefault(IsFree)
            ?? _resting.OrderBy(entry => entry.At).ThenBy(entry => _candidates.IndexOf(entry.Address)).Select(entry => entry.Address).FirstOrDefault(_candidates.Contains);
        if (given is null)
            return null;
        Take(given);
        _position = _candidates.IndexOf(given) + 1;
        return given;
    }

    private bool IsFree(IPAddress address) =>
        !_leased.Contains(address) && !address.Equals(_subnet.Gateway) && !_resting.Exists(entry => entry.Address.Equals(address));

    private static IEnumerable<IPAddress> All(IPNetwork prefix)
    {
        for (UInt128 i = 0; i <= prefix.LastIndex; i++)
            yield return prefix.Nth(i);
    }
}
