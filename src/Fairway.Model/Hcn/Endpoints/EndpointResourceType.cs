using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Endpoints;

/// <summary>What of an endpoint a modify request is about (HCN schema, EndpointResourceType).</summary>
[JsonConverter(typeof(NameConverter<EndpointResourceType>))]
public enum EndpointResourceType
{
    /// <summary>The switch port of a virtual machine.</summary>
    Port,
    /// <summary>Policies.</summary>
    Policy,
}
