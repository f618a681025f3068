using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A route in the switch (HCN schema, SDNRoutePolicySetting).</summary>
public sealed record SDNRoutePolicySetting : HcnObject
{
    /// <summary>Where to.</summary>
    public string? DestinationPrefix { get; init; }
    /// <summary>Address of the next hop.</summary>
    public string? NextHop { get; init; }
    /// <summary>Encapsulate on the way.</summary>
    public bool? NeedEncap { get; init; }
    /// <summary>Follow the endpoint.</summary>
    public bool? AutomaticEndpointMonitor { get; init; }
}
