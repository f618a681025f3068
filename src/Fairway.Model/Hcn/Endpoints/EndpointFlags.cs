using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Endpoints;

/// <summary>Switches of an endpoint (HCN schema, EndpointFlags). Numbers on the wire.</summary>
[Flags]
[JsonConverter(typeof(NumberConverter<EndpointFlags>))]
public enum EndpointFlags : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,
    /// <summary>An endpoint of another host.</summary>
    RemoteEndpoint = 1,
    /// <summary>No traffic to other endpoints of the host.</summary>
    DisableInterComputeCommunication = 2,
    /// <summary>The same as DisableInterComputeCommunication.</summary>
    DisableICC = 2,
    /// <summary>Port mirroring.</summary>
    EnableMirroring = 4,
    /// <summary>Preferred over other interfaces.</summary>
    EnableLowInterfaceMetric = 8,
    /// <summary>Its DNS servers come first.</summary>
    OverrideDNSServerOrder = 16,
    /// <summary>Address from DHCP.</summary>
    EnableDhcp = 32,
}
