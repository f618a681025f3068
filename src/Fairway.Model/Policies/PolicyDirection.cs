namespace Fairway.Model.Policies;

/// <summary>Direction of a connection's first packet, seen from the endpoint.</summary>
public enum PolicyDirection
{
    /// <summary>Towards the endpoint: it is called.</summary>
    In,
    /// <summary>From the endpoint: it calls.</summary>
    Out,
}
