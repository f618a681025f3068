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
}
