using Fairway.Dns.Wire;

namespace Fairway.Dns.Forwarding;

/// <summary>Everything of a query that can change its answer. Queries with equal keys share one answer.</summary>
internal sealed record QuestionKey(Question Question, HeaderFlags Flags, bool HasEdns, bool WantsSignatures)
{
    private const HeaderFlags Relevant = HeaderFlags.RecursionDesired | HeaderFlags.CheckingDisabled | HeaderFlags.AuthenticData;

    /// <summary>Null for a query whose answer is its own: one with EDNS options, or with records beyond the question (TSIG).</summary>
    public static QuestionKey? Of(Query query)
        => query.Edns is { HasOptions: true } || query.Header.Answers + query.Header.Authorities > 0
            || query.Header.Additionals > (query.Edns is null ? 0 : 1)
            ? null
            : new QuestionKey(query.Question, query.Header.Flags & Relevant, query.Edns is not null, query.Edns is { WantsSignatures: true });
}
