using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Policies of a network (HCN schema, NetworkPolicyType).</summary>
[JsonConverter(typeof(NameConverter<NetworkPolicyType>))]
public enum NetworkPolicyType
{
    /// <summary>Source MAC.</summary>
    SourceMacAddress,
    /// <summary>The NIC, by name.</summary>
    NetAdapterName,
    /// <summary>The NIC, by its properties.</summary>
    InterfaceConstraint,
    /// <summary>Switch extensions.</summary>
    VSwitchExtension,
    /// <summary>The NIC, by address.</summary>
    ProviderAddress,
    /// <summary>MAC of the distributed router.</summary>
    DrMacAddress,
    /// <summary>Name service by the host.</summary>
    AutomaticDNS,
    /// <summary>A subnet of another host.</summary>
    RemoteSubnetRoute,
    /// <summary>UDP port of VXLAN.</summary>
    VxlanPort,
    /// <summary>Containers reach their own host.</summary>
    HostRoute,
    /// <summary>A set of addresses for ACLs.</summary>
    SetPolicy,
    /// <summary>Redirection to a proxy.</summary>
    L4Proxy,
    /// <summary>Share the layer of a switch.</summary>
    LayerConstraint,
    /// <summary>Access rules.</summary>
    NetworkACL,
    /// <summary>Not in the schema; sent by hns.v2.psm1.</summary>
    NeighborDiscovery,
    /// <summary>Not in the schema, where each endpoint has its own: translation of all endpoints without any.</summary>
    OutBoundNAT,
}
