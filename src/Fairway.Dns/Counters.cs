using System.Collections.Immutable;

namespace Fairway.Dns;

/// <summary>What happened since the start; counted from many threads.</summary>
internal sealed class Counters
{
    public long Malformed;
    public long AnsweredHere;
    public long Forwarded;
    public long CacheHits;
    public long Shared;
    public long TimeOuts;
    public long Failures;
    public long Overloads;

    public static void Add(ref long counter, long count = 1) => Interlocked.Add(ref counter, count);

    public ResolverStatistics Read(ImmutableSortedDictionary<uint, long> queries) => new(queries, Interlocked.Read(ref Malformed), Interlocked.Read(ref AnsweredHere),
        Interlocked.Read(ref CacheHits), Interlocked.Read(ref Shared), Interlocked.Read(ref Forwarded), Interlocked.Read(ref TimeOuts), Interlocked.Read(ref Failures),
        Interlocked.Read(ref Overloads));
}
