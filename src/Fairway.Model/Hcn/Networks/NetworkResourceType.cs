using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>What of a network a modify request is about (HCN schema, NetworkResourceType).</summary>
[JsonConverter(typeof(NameConverter<NetworkResourceType>))]
public enum NetworkResourceType
{
    /// <summary>Name service settings.</summary>
    DNS,
    /// <summary>Switch extensions.</summary>
    Extension,
    /// <summary>Policies.</summary>
    Policy,
    /// <summary>Subnets (2.6).</summary>
    Subnet,
    /// <summary>Parts of a subnet (2.6).</summary>
    IPSubnet,
}
