using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>UDP port of VXLAN (HCN schema, VxlanPortPolicySetting).</summary>
public sealed record VxlanPortPolicySetting : HcnObject
{
    /// <summary>The port.</summary>
    public ushort? Port { get; init; }
}
