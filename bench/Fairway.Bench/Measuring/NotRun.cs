namespace Fairway.Bench.Measuring;

/// <summary>Something a peer has no figures of.</summary>
/// <param name="Group">The group, or null for all of them.</param>
/// <param name="Peer">The peer.</param>
/// <param name="What">Which of the group's rows; empty for all.</param>
/// <param name="Reason">Why.</param>
internal sealed record NotRun(string? Group, string Peer, string What, string Reason);
