using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>Answer to a change of a namespace (HCN schema, ModifyNamespaceSettingResponse).</summary>
public sealed record ModifyNamespaceSettingResponse : HcnObject
{
    /// <summary>True; errors have the error record.</summary>
    public bool? Success { get; init; }
    /// <summary>Missing.</summary>
    public string? Error { get; init; }
    /// <summary>0.</summary>
    public uint? ErrorCode { get; init; }
    /// <summary>Number of the compartment.</summary>
    public uint? CompartmentId { get; init; }
}
