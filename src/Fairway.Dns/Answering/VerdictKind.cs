namespace Fairway.Dns.Answering;

internal enum VerdictKind
{
    /// <summary>Addresses of a name of ours.</summary>
    Addresses,
    /// <summary>The name of an address of ours.</summary>
    Pointer,
    /// <summary>The name is ours, or nobody's, and has no such record.</summary>
    Negative,
    /// <summary>The query is not one we answer.</summary>
    Error,
    /// <summary>The host's resolvers know.</summary>
    Forward,
}
