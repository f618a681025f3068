using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Policies of a subnet (HCN schema, SubnetPolicyType).</summary>
[JsonConverter(typeof(NameConverter<SubnetPolicyType>))]
public enum SubnetPolicyType
{
    /// <summary>VLAN.</summary>
    VLAN,
    /// <summary>Virtual subnet id.</summary>
    VSID,
}
