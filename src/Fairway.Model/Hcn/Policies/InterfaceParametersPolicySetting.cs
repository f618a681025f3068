using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Interface settings (HCN schema, InterfaceParametersPolicySetting, 2.4).</summary>
public sealed record InterfaceParametersPolicySetting : HcnObject
{
    /// <summary>Bytes.</summary>
    public ushort? Mtu { get; init; }
}
