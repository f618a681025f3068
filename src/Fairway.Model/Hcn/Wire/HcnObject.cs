using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairway.Model.Hcn.Wire;

/// <summary>
/// Any object of the HCN schema. Every member may be missing, which is not the same as being zero; members the schema does not
/// know are kept and written again.
/// </summary>
public abstract record HcnObject
{
    /// <summary>Members the schema does not know, by name; null when there are none.</summary>
    // Not init: the serializer fills it after the object was made.
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
