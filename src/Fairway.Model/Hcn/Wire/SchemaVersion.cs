namespace Fairway.Model.Hcn.Wire;

/// <summary>Version of the schema a document is written in, or an answer is wanted in (HCN schema, Version).</summary>
public sealed record SchemaVersion : HcnObject
{
    /// <summary>2 for the schema of these records, 1 for HNS documents.</summary>
    public uint? Major { get; init; }
    /// <summary>0 to 16.</summary>
    public uint? Minor { get; init; }
}
