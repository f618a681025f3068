using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairway.Model.Hcn.Wire;

/// <summary>What all resources have (HCN schema, Base).</summary>
public abstract record HcnResource : HcnObject
{
    /// <summary>Identity; missing or zero on create lets the service pick.</summary>
    [JsonPropertyName("ID")]
    [JsonPropertyOrder(-2)]
    public Guid? Id { get; init; }
    /// <summary>Display name.</summary>
    [JsonPropertyOrder(-1)]
    public string? Name { get; init; }
    /// <summary>Who made it; kept and returned.</summary>
    public string? Owner { get; init; }
    /// <summary>HNS internals.</summary>
    public ulong? Version { get; init; }
    /// <summary>Settings outside of the schema; see docs/spec/hcn.md for those Fairway reads.</summary>
    public JsonElement? AdditionalParams { get; init; }
    /// <summary>How it is; set by the service.</summary>
    public HcnHealth? Health { get; init; }
    /// <summary>Version of the schema the document is written in.</summary>
    public SchemaVersion? SchemaVersion { get; init; }
    /// <summary>HNS internals.</summary>
    public HcnTelemetry? Telemetry { get; init; }
    /// <summary>Where it stands; set by the service.</summary>
    public ushort? State { get; init; }
}
