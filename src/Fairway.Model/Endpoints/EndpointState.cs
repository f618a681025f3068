namespace Fairway.Model.Endpoints;

/// <summary>Where an endpoint stands (values as HNS v1 EndpointState).</summary>
public enum EndpointState
{
    /// <summary>Stored, in no namespace.</summary>
    Created = 1,
    /// <summary>Its interface is in its namespace and the switch forwards for it.</summary>
    Attached = 2,
    /// <summary>Taken out of its namespace.</summary>
    Detached = 4,
    /// <summary>Something of it could not be applied; see the message.</summary>
    Degraded = 5,
}
