using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Routes;

/// <summary>A route in the switch (HCN schema, HostComputeRoute).</summary>
public sealed record HostComputeRoute : HcnResource
{
    /// <summary>Its network (2.5).</summary>
    public string? HostComputeNetwork { get; init; }
    /// <summary>Endpoints it is for, by id.</summary>
    public IReadOnlyList<string>? HostComputeEndpoints { get; init; }
    /// <summary>The routes, as the schema and hns.v2.psm1 spell it.</summary>
    public IReadOnlyList<SDNRoutePolicySetting>? Routes { get; init; }
    /// <summary>The routes, as hcsshim spells it.</summary>
    public IReadOnlyList<SDNRoutePolicySetting>? Setting { get; init; }

    /// <summary>The routes under either spelling.</summary>
    /// <returns>Both lists when both are given; empty when neither is.</returns>
    public IReadOnlyList<SDNRoutePolicySetting> AllRoutes() => [.. Routes ?? [], .. Setting ?? []];

    /// <summary>The document with its routes under both spellings, so that each client finds them under its own.</summary>
    public HostComputeRoute UnderBothSpellings()
    {
        var routes = AllRoutes();
        return this with { Routes = routes, Setting = routes };
    }
}
