namespace Fairway.Model.Explain;

/// <summary>What is at an end of a packet's way.</summary>
public enum ExplainEndKind
{
    /// <summary>An endpoint of this host.</summary>
    Endpoint,
    /// <summary>An endpoint, or a subnet, of another host of an overlay network.</summary>
    RemoteEndpoint,
    /// <summary>A network's resolver.</summary>
    Resolver,
    /// <summary>This host.</summary>
    Host,
    /// <summary>Somebody outside.</summary>
    Outside,
}
