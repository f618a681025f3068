using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>A route of a subnet or endpoint (HCN schema, Route).</summary>
public sealed record HcnRoute : HcnObject
{
    /// <summary>Address of the next hop.</summary>
    public string? NextHop { get; init; }
    /// <summary><c>0.0.0.0/0</c> or <c>::/0</c> for the default route.</summary>
    public string? DestinationPrefix { get; init; }
    /// <summary>Lower is preferred.</summary>
    public ushort? Metric { get; init; }
}
