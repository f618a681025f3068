using System.Text.Json;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of a namespace (HCN schema, ModifyNamespaceSettingRequest).</summary>
public sealed record ModifyNamespaceSettingRequest : HcnObject
{
    /// <summary>Unused.</summary>
    public string? ResourceUri { get; init; }
    /// <summary>What to do.</summary>
    public ModifyRequestType? RequestType { get; init; }
    /// <summary>About what.</summary>
    public NamespaceResourceType? ResourceType { get; init; }
    /// <summary>With what, by resource type.</summary>
    public JsonElement? Settings { get; init; }
}
