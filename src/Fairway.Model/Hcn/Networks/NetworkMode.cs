using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>Kinds of network (HCN schema, NetworkMode). NAT is number 0, which is why HNS leaves it out of what it returns.</summary>
[JsonConverter(typeof(NameConverter<NetworkMode>))]
public enum NetworkMode
{
    /// <summary>Internal switch, host vNIC as gateway, address translation.</summary>
    NAT,
    /// <summary>NAT by Internet Connection Sharing.</summary>
    ICS,
    /// <summary>On the physical LAN with own MACs.</summary>
    Transparent,
    /// <summary>On the physical LAN behind the host's MAC.</summary>
    L2Bridge,
    /// <summary>As L2Bridge, every packet by way of the physical host.</summary>
    L2Tunnel,
    /// <summary>VXLAN between hosts.</summary>
    Overlay,
    /// <summary>Endpoints only.</summary>
    Private,
    /// <summary>Endpoints and host, no way out.</summary>
    Internal,
    /// <summary>Flow steering engine (2.4).</summary>
    Mirrored,
    /// <summary>InfiniBand (2.4).</summary>
    Infiniband,
    /// <summary>ICS bound to one interface (2.10).</summary>
    ConstrainedICS,
    /// <summary>Not in the schema; sent by hns.v2.psm1.</summary>
    Layered,
}
