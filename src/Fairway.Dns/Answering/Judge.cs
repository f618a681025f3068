using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Answering;

/// <summary>
/// Decides what becomes of a query; pure. The networks are those the asker is on, the one it asked first: names of all of them
/// are its own, and it may ask the outside when one of them may.
/// </summary>
internal static class Judge
{
    private static readonly DomainName s_localhost = DomainName.TryParse("localhost", out DomainName? name) ? name : DomainName.Root;

    /// <param name="query">The query.</param>
    /// <param name="networks">At least one.</param>
    /// <param name="turn">Rotates the addresses of a name, so that its endpoints share the load.</param>
    public static Verdict Decide(Query query, ReadOnlySpan<ResolverNetwork> networks, uint turn)
    {
        Question question = query.Question;
        if (query.Edns is { Version: > 0 })
            return Verdict.Fail(ResponseCode.BadVersion);
        if (question.Class != RecordClass.Internet || question.Type is RecordType.Axfr or RecordType.Ixfr)
            return Verdict.Fail(ResponseCode.Refused);
        return Known(question, networks, turn) ?? Unknown(question, networks);
    }

    private static Verdict? Known(Question question, ReadOnlySpan<ResolverNetwork> networks, uint turn)
    {
        if (question.Name.IsWithin(s_localhost, out _))
            return OfFamily([IPAddress.Loopback, IPAddress.IPv6Loopback], question, 0);
        if (ReverseName.TryParse(question.Name, out IPNetwork prefix))
            return Reverse(question, prefix, networks);
        foreach (ResolverNetwork network in networks)
        {
            ImmutableArray<ResolverEndpoint> endpoints = network.Find(question.Name);
            if (endpoints.Length > 0)
                return OfFamily(endpoints.SelectMany(endpoint => endpoint.Addresses), question, turn);
        }
        return null;
    }

    private static Verdict Unknown(Question question, ReadOnlySpan<ResolverNetwork> networks)
    {
        bool forwards = false;
        foreach (ResolverNetwork network in networks)
        {
            forwards |= network.Forwards;
            if (network.Zone is { } zone && question.Name.IsWithin(zone, out _))
                return question.Name.Equals(zone) ? Verdict.NoData(zone) : Verdict.NoName(zone);
        }
        if (question.Name.HasOneLabel && !IsOfDelegations(question.Type))
            return Verdict.NoName(DomainName.Root);
        return forwards ? Verdict.Forward : Verdict.NoName(DomainName.Root, NoWayOut(networks[0]));
    }

    // A prefix that is part of one of our subnets is ours, whether an endpoint has the address or not.
    private static Verdict? Reverse(Question question, IPNetwork prefix, ReadOnlySpan<ResolverNetwork> networks)
    {
        foreach (ResolverNetwork network in networks)
        {
            if (!network.Subnets.Any(subnet => subnet.PrefixLength <= prefix.PrefixLength && subnet.Contains(prefix.BaseAddress)))
                continue;
            bool isAddress = prefix.PrefixLength == (prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
            ResolverEndpoint? endpoint = isAddress ? network.Find(prefix.BaseAddress) : null;
            if (endpoint is null)
                return isAddress ? Verdict.NoName(question.Name) : Verdict.NoData(question.Name);
            return question.Type == RecordType.Ptr && network.CanonicalName(endpoint) is { } name
                ? Verdict.Of(name)
                : Verdict.NoData(question.Name);
        }
        return null;
    }

    private static Verdict OfFamily(IEnumerable<IPAddress> addresses, Question question, uint turn)
    {
        AddressFamily family = question.Type switch
        {
            RecordType.A => AddressFamily.InterNetwork,
            RecordType.Aaaa => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        IPAddress[] found = [.. addresses.Where(address => address.AddressFamily == family)];
        if (found.Length == 0)
            return Verdict.NoData(question.Name);
        int first = (int)(turn % (uint)found.Length);
        return Verdict.Of(first == 0 ? found : [.. found[first..], .. found[..first]]);
    }

    // Validating resolvers in endpoints ask for these of every zone above a name, top-level ones included.
    private static bool IsOfDelegations(RecordType type) => type is RecordType.Ns or RecordType.Soa or RecordType.Ds or RecordType.DnsKey;

    private static ExtendedError NoWayOut(ResolverNetwork network)
        => new(ExtendedError.Blocked, $"network '{network.Name}' has no way out: only the names of its endpoints are answered");
}
