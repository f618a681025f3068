using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Properties of a NIC (HCN schema, InterfaceConstraintEndpointPolicySetting and InterfaceConstraintNetworkPolicySetting).</summary>
public sealed record InterfaceConstraintPolicySetting : HcnObject
{
    /// <summary>GUID.</summary>
    public Guid? InterfaceGuid { get; init; }
    /// <summary>LUID.</summary>
    public ulong? InterfaceLuid { get; init; }
    /// <summary>Index.</summary>
    public uint? InterfaceIndex { get; init; }
    /// <summary>Media type.</summary>
    public uint? InterfaceMediaType { get; init; }
    /// <summary>Name.</summary>
    public string? InterfaceAlias { get; init; }
    /// <summary>Description.</summary>
    public string? InterfaceDescription { get; init; }
}
