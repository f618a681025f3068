namespace Fairway.Bench.Measuring;

/// <summary>A peer that is ready to be measured.</summary>
/// <param name="Peer">Its name.</param>
/// <param name="Turn">Does the work once and says what it took.</param>
internal sealed record Contender(string Peer, Func<IReadOnlyList<Reading>> Turn);
