using System.Text.Json;
using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Notifications;

/// <summary>Whom a notification is about (HCN schema, NotificationBase).</summary>
public sealed record NotificationBase : HcnObject
{
    /// <summary>The resource.</summary>
    [JsonPropertyName("ID")]
    public Guid? Id { get; init; }
    /// <summary>0.</summary>
    public uint? Flags { get; init; }
    /// <summary>Nothing yet (2.2).</summary>
    public JsonElement? Data { get; init; }
}
