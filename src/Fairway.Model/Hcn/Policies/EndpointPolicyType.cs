using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Policies of an endpoint (HCN schema, EndpointPolicyType).</summary>
[JsonConverter(typeof(NameConverter<EndpointPolicyType>))]
public enum EndpointPolicyType
{
    /// <summary>A published port.</summary>
    PortMapping,
    /// <summary>Access rule.</summary>
    ACL,
    /// <summary>Bandwidth cap.</summary>
    QOS,
    /// <summary>Layer-two driver.</summary>
    L2Driver,
    /// <summary>Outbound address translation.</summary>
    OutBoundNAT,
    /// <summary>A route in the switch.</summary>
    SDNRoute,
    /// <summary>Redirection to a proxy.</summary>
    L4Proxy,
    /// <summary>Redirection to a sidecar (2.5).</summary>
    L4WFPPROXY,
    /// <summary>Provider address of a remote endpoint.</summary>
    ProviderAddress,
    /// <summary>Name of the switch port.</summary>
    PortName,
    /// <summary>Bytes to leave for encapsulation.</summary>
    EncapOverhead,
    /// <summary>The NIC, by its properties.</summary>
    InterfaceConstraint,
    /// <summary>Encryption (2.1).</summary>
    Encryption,
    /// <summary>VLAN (2.4).</summary>
    VLAN,
    /// <summary>Interface settings (2.4).</summary>
    InterfaceParameters,
    /// <summary>SR-IOV (2.9).</summary>
    Iov,
    /// <summary>Access rules in tiers (2.10).</summary>
    TierAcl,
}
