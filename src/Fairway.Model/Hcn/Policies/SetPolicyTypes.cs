using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Kinds of address set (HCN schema, SetPolicyTypes).</summary>
[JsonConverter(typeof(NameConverter<SetPolicyTypes>))]
public enum SetPolicyTypes
{
    /// <summary>Addresses.</summary>
    IPSET,
    /// <summary>Other sets.</summary>
    NESTEDIPSET,
}
