namespace Fairway.Engine.Reconciler;

/// <summary>What failed.</summary>
/// <param name="Subject">What kind of thing.</param>
/// <param name="Id">Which one; none for the host.</param>
internal readonly record struct RetryKey(RetrySubject Subject, Guid Id)
{
    /// <summary>The switch on the host's devices, and the publications.</summary>
    public static RetryKey Host { get; }

    public static RetryKey Network(Guid id) => new(RetrySubject.Network, id);

    public static RetryKey Namespace(Guid id) => new(RetrySubject.Namespace, id);

    public static RetryKey Endpoint(Guid id) => new(RetrySubject.Endpoint, id);
}
