using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;

namespace Fairway.Api.Docker.Ipam;

/// <summary>A pool that is no network yet, and the addresses Docker took of it: the gateway's, and those it wants nobody to have.</summary>
internal sealed class OfferedPool(IPNetwork prefix, IPNetwork? range, DateTimeOffset offeredAt)
{
    private readonly Lock _gate = new();
    private readonly HashSet<IPAddress> _taken = [];

    public IPNetwork? Range => range;

    public DateTimeOffset OfferedAt => offeredAt;

    public IPAddress Take(IPAddress? asked, bool forGateway)
    {
        lock (_gate)
        {
            var address = asked ?? (forGateway ? FirstFree(prefix) : FirstFree(range ?? prefix));
            return _taken.Add(address) ? address : throw new FairwayException(ErrorKind.Conflict, $"address {address}", $"address {address} is taken in pool {prefix}; choose another one");
        }
    }

    public void Return(IPAddress address)
    {
        lock (_gate)
            _taken.Remove(address);
    }

    private IPAddress FirstFree(IPNetwork within)
    {
        for (var index = UInt128.Zero; index <= within.LastIndex; index++)
        {
            var candidate = within.Nth(index);
            if (prefix.IsUsable(candidate) && !_taken.Contains(candidate))
                return candidate;
        }
        throw new FairwayException(ErrorKind.Exhausted, $"pool {prefix}", $"pool {prefix} has no free address; use a larger one");
    }
}
