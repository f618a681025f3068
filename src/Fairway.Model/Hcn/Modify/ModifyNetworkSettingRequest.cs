using System.Text.Json;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of a network (HCN schema, ModifyNetworkSettingRequest).</summary>
public sealed record ModifyNetworkSettingRequest : HcnObject
{
    /// <summary>Unused.</summary>
    public string? ResourceUri { get; init; }
    /// <summary>What to do.</summary>
    public ModifyRequestType? RequestType { get; init; }
    /// <summary>About what.</summary>
    public NetworkResourceType? ResourceType { get; init; }
    /// <summary>With what, by resource type.</summary>
    public JsonElement? Settings { get; init; }
}
