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

    /// <summary>The routes under either spelling. A document that was returned has each under both, and has it once.</summary>
    /// <returns>Each route with the member that holds it and its place there.</returns>
    public IReadOnlyList<(string Member, int Index, SDNRoutePolicySetting Route)> Given()
    {
        var said = (Routes ?? []).Select(HcnJson.Write).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. (Routes ?? []).Select((route, index) => (nameof(Routes), index, route)),
            .. (Setting ?? []).Select((route, index) => (nameof(Setting), index, route)).Where(given => !said.Contains(HcnJson.Write(given.route))),
        ];
    }

    /// <summary>The document with its routes under both spellings, so that each client finds them under its own.</summary>
    public HostComputeRoute UnderBothSpellings()
    {
        SDNRoutePolicySetting[] routes = [.. Given().Select(given => given.Route)];
        return this with { Routes = routes, Setting = routes };
    }
}
