using System.Collections.Immutable;

namespace Fairway.Dns;

/// <summary>What the resolver did since it was made. All values are counts and only grow, except that a removed network's queries go with it.</summary>
/// <param name="Queries">Messages that came, by network number.</param>
/// <param name="Malformed">Messages that were no query: dropped, or answered with FORMERR.</param>
/// <param name="AnsweredHere">Queries answered without asking anybody: our own names, and refusals.</param>
/// <param name="CacheHits">Queries for the outside answered from the cache.</param>
/// <param name="Shared">Queries for the outside that joined an equal one already on its way.</param>
/// <param name="Forwarded">Questions asked of the host's name servers.</param>
/// <param name="TimeOuts">Times a name server was asked and did not answer by the end.</param>
/// <param name="Failures">Questions that no name server answered: their askers got SERVFAIL.</param>
/// <param name="Overloads">Queries and connections refused because one asker had too many open.</param>
public sealed record ResolverStatistics(ImmutableSortedDictionary<uint, long> Queries, long Malformed, long AnsweredHere, long CacheHits, long Shared,
    long Forwarded, long TimeOuts, long Failures, long Overloads);
