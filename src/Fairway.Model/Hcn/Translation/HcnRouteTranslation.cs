using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Routes;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Routes;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>HostComputeRoute to and from routes of ours. docs/spec/hcn.md says what of a document is honoured.</summary>
public static class HcnRouteTranslation
{
    /// <summary>The spec a document asks for; it carries the document, so that everything in it is returned.</summary>
    /// <exception cref="FairwayException">The document is wrong, or asks for what this release does not do; every finding is in it.</exception>
    public static RouteSpec ToSpec(HostComputeRoute document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var findings = new FindingCollector();
        Refusals.SchemaVersion(document.SchemaVersion, findings);
        var spec = new RouteSpec
        {
            Id = document.Id ?? Guid.Empty,
            NetworkId = document.HostComputeNetwork is { Length: > 0 } network ? References.Network(network, findings.At("HostComputeNetwork")) : null,
            Endpoints = References.Endpoints(document.HostComputeEndpoints, "HostComputeEndpoints", findings),
            Routes = Routes(document, findings),
            Document = HcnJson.Write(document),
        };
        if (findings.Findings.IsEmpty)
            Paths(document).Report(RouteValidator.Validate(spec), findings);
        FairwayException.ThrowIfAny("create route", "route", findings.Findings);
        return spec;
    }

    /// <summary>An answer to the spec as an answer to the document it came from: its findings name the document's members.</summary>
    /// <param name="document">The document.</param>
    /// <param name="problem">What the engine answered.</param>
    public static FairwayException Explain(HostComputeRoute document, FairwayException problem)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(problem);
        return Paths(document).Explain(problem);
    }

    /// <summary>The document as HNS would return it: as received, completed by what the service knows, with its routes under both spellings.</summary>
    /// <param name="route">A stored route.</param>
    /// <param name="asked">The schema version a query asks for, or null.</param>
    public static HostComputeRoute ToDocument(Route route, SchemaVersion? asked = null)
    {
        ArgumentNullException.ThrowIfNull(route);
        var spec = route.Spec;
        var received = spec.Document is { } json ? HcnJson.ReadStored<HostComputeRoute>(json) : Written(spec);
        return received.UnderBothSpellings() with
        {
            Id = spec.Id,
            HostComputeEndpoints = [.. spec.Endpoints.Select(HcnId.Format)],
            Health = HealthTranslation.Healthy(received.Health),
            SchemaVersion = SchemaVersions.Answer(asked, received.SchemaVersion),
        };
    }

    /// <summary>A route that no document made.</summary>
    private static HostComputeRoute Written(RouteSpec spec) => new()
    {
        HostComputeNetwork = spec.NetworkId is { } network ? HcnId.Format(network) : null,
        Routes = [.. spec.Routes.Select(SwitchRoutePolicies.Write)],
    };

    private static ImmutableArray<SwitchRoute> Routes(HostComputeRoute document, FindingCollector findings) =>
    [
        .. from given in document.Given()
           let route = SwitchRoutePolicies.Read(given.Route, findings.At(given.Member, given.Index))
           where route is not null
           select route,
    ];

    private static PathMap Paths(HostComputeRoute document)
    {
        var paths = new PathMap();
        paths.Add("$.Id", "$.ID");
        paths.Add("$.NetworkId", "$.HostComputeNetwork");
        paths.Add("$.Endpoints", "$.HostComputeEndpoints");
        var given = document.Given();
        for (var i = 0; i < given.Count; i++)
            SwitchRoutePolicies.Origins(paths, $"$.Routes[{i}]", $"$.{given[i].Member}[{given[i].Index}]");
        return paths;
    }
}
