namespace Fairway.Api.Metrics;

/// <summary>How long the operations take that a starting or ending container waits for.</summary>
internal sealed class OperationTimes(TimeProvider clock)
{
    public Histogram Attach { get; } = new(clock);

    public Histogram Detach { get; } = new(clock);
}
