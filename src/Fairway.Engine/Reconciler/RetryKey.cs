namespace Fairway.Engine.Reconciler;

/// <summary>What failed: the look at the whole host (no id), a network, or an endpoint.</summary>
internal readonly record struct RetryKey(bool IsNetwork, Guid Id)
{
    public static RetryKey Host { get; }

    public static RetryKey Network(Guid id) => new(IsNetwork: true, id);

    public static RetryKey Endpoint(Guid id) => new(IsNetwork: false, id);
}
