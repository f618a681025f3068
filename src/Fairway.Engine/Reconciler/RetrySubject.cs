namespace Fairway.Engine.Reconciler;

/// <summary>Kinds of things that are tried again.</summary>
internal enum RetrySubject
{
    /// <summary>What there is one of.</summary>
    Host,
    /// <summary>Making or removing a network.</summary>
    Network,
    /// <summary>Making one of our namespaces again.</summary>
    Namespace,
    /// <summary>Making or removing an endpoint, and its publications.</summary>
    Endpoint,
}
