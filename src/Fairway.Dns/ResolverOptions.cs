namespace Fairway.Dns;

/// <summary>What a resolver is made with.</summary>
public sealed record ResolverOptions
{
    /// <summary>Whom to ask about the outside.</summary>
    public required IUpstreamSource Upstreams { get; init; }
    /// <summary>The clock of TTLs and time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
    /// <summary>Takes a sentence when something changed that an operator may want to know; never once per query. May be called from any thread.</summary>
    public Action<string>? Log { get; init; }
    /// <summary>Sends answers to questions that were meant for other servers; null when there are no sockets for those. It does not throw.</summary>
    public AnswerFrom? AnswerFrom { get; init; }
    /// <summary>How long a TCP connection may be silent, or take to read an answer, before it is closed.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
