using Fairway.Dns.Forwarding;

namespace Fairway.Dns.Serving;

/// <summary>What a message led to at once: a reply, a query to forward, or nothing at all.</summary>
/// <param name="Length">Of the reply; 0 when there is none yet.</param>
/// <param name="Forward">What to forward.</param>
internal readonly record struct Opening(int Length, ForwardedQuery? Forward)
{
    public static Opening Silence => default;

    public static Opening Reply(int length) => new(length, null);
}
