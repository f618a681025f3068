using System.Text.Json;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>Answer to a change (HCN schema, ModifySettingResponse).</summary>
public sealed record ModifySettingResponse : HcnObject
{
    /// <summary>True; errors have the error record.</summary>
    public bool? Success { get; init; }
    /// <summary>Missing.</summary>
    public string? Error { get; init; }
    /// <summary>0.</summary>
    public uint? ErrorCode { get; init; }
    /// <summary>What the change brought forth.</summary>
    public JsonElement? Data { get; init; }
}
