using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Query;

/// <summary>What a list should hold and how it should look (HCN schema, HostComputeQuery).</summary>
public sealed record HostComputeQuery : HcnObject
{
    /// <summary>Version of the answer.</summary>
    public SchemaVersion? SchemaVersion { get; init; }
    /// <summary>Switches.</summary>
    public HostComputeQueryFlags? Flags { get; init; }
    /// <summary>A JSON object as a string, e.g. <c>{"Name":"web"}</c>.</summary>
    public string? Filter { get; init; }
}
