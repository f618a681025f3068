using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Endpoints;

/// <summary>An address of an endpoint (HCN schema, IpConfig).</summary>
public sealed record IpConfig : HcnObject
{
    /// <summary>The address.</summary>
    public string? IpAddress { get; init; }
    /// <summary>0 to 32 or 0 to 128.</summary>
    public byte? PrefixLength { get; init; }
    /// <summary>The part of the subnet it is in (2.3).</summary>
    public Guid? IpSubnetId { get; init; }
}
