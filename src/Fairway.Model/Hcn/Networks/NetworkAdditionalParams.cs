using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>Settings of a network outside of the schema (HCN schema, NetworkAdditionalParams), Fairway's own among them.</summary>
public sealed record NetworkAdditionalParams : HcnObject
{
    /// <summary>Switches of Internet Connection Sharing.</summary>
    public ushort? ICSFlags { get; init; }
    /// <summary>Interface MTU in bytes; Fairway's own, missing follows the uplink.</summary>
    public int? Mtu { get; init; }
}
