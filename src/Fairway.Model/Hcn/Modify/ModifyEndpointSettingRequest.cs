using System.Text.Json;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of an endpoint (HCN schema, ModifyEndpointSettingRequest).</summary>
public sealed record ModifyEndpointSettingRequest : HcnObject
{
    /// <summary>Unused.</summary>
    public string? ResourceUri { get; init; }
    /// <summary>What to do.</summary>
    public ModifyRequestType? RequestType { get; init; }
    /// <summary>About what.</summary>
    public EndpointResourceType? ResourceType { get; init; }
    /// <summary>With what, by resource type.</summary>
    public JsonElement? Settings { get; init; }
}
