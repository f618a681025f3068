using System.Text.Json;

namespace Fairway.Model.Hcn.Wire;

/// <summary>HNS internals (HCN schema, Telemetry).</summary>
public sealed record HcnTelemetry : HcnObject
{
    /// <summary>HNS internals.</summary>
    public JsonElement? Data { get; init; }
}
