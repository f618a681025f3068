using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>Name service settings (HCN schema, DNS).</summary>
public sealed record HcnDns : HcnObject
{
    /// <summary>Connection-specific domain.</summary>
    public string? Domain { get; init; }
    /// <summary>Search list.</summary>
    public IReadOnlyList<string>? Search { get; init; }
    /// <summary>Name servers.</summary>
    public IReadOnlyList<string>? ServerList { get; init; }
    /// <summary>Resolver options.</summary>
    public IReadOnlyList<string>? Options { get; init; }
}
