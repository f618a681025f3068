using System.Text.Json;

namespace Fairway.Model.Hcn.Wire;

/// <summary>How a resource is (HCN schema, Health).</summary>
public sealed record HcnHealth : HcnObject
{
    /// <summary><c>LastErrorCode</c>, an HRESULT, and <c>Message</c>.</summary>
    public JsonElement? Data { get; init; }
    /// <summary>HNS internals.</summary>
    public JsonElement? Extra { get; init; }
}
