namespace Fairway.Model.Health;

/// <summary>Something in the kernel that somebody else had changed or deleted, and that was put back.</summary>
/// <param name="At">When it was put back.</param>
/// <param name="What">What it was, e.g. <c>the interface of endpoint 'c1'</c>.</param>
public sealed record Repair(DateTimeOffset At, string What);
