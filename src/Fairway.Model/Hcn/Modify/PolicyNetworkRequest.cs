using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>Settings of a modify request about policies of a network (HCN schema, PolicyNetworkRequest).</summary>
public sealed record PolicyNetworkRequest : HcnObject
{
    /// <summary>The policies.</summary>
    public IReadOnlyList<NetworkPolicy>? Policies { get; init; }
}
