namespace Fairway.Model.Changes;

/// <summary>Kinds of stored resource.</summary>
public enum ResourceKind
{
    /// <summary>A network.</summary>
    Network,
    /// <summary>An endpoint.</summary>
    Endpoint,
    /// <summary>A namespace.</summary>
    Namespace,
    /// <summary>The access rules or address sets of an endpoint or a network, whose id and name it carries.</summary>
    Policy,
    /// <summary>A load balancer.</summary>
    LoadBalancer,
    /// <summary>A route.</summary>
    Route,
}
