using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A switch extension (HCN schema, VSwitchExtensionNetworkPolicySetting).</summary>
public sealed record VSwitchExtensionNetworkPolicySetting : HcnObject
{
    /// <summary>The extension.</summary>
    public Guid? ExtensionID { get; init; }
    /// <summary>Whether it is on.</summary>
    public bool? Enable { get; init; }
}
