using System.Text;
using System.Text.Json.Serialization;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Routes;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Query;

/// <summary>What a query's filter asks for: resources that have all of its members' values.</summary>
public sealed record HcnFilter : HcnObject
{
    /// <summary>The resource itself.</summary>
    [JsonPropertyName("ID")]
    public Guid? Id { get; init; }
    /// <summary>Its name.</summary>
    public string? Name { get; init; }
    /// <summary>Its network, as hcsshim asks for endpoints of a network: filters are not converted between schemas.</summary>
    public Guid? VirtualNetwork { get; init; }
    /// <summary>Its network.</summary>
    public Guid? HostComputeNetwork { get; init; }
    /// <summary>The namespace it is attached to.</summary>
    public Guid? HostComputeNamespace { get; init; }

    /// <summary>Reads a query and its filter.</summary>
    /// <param name="query">A HostComputeQuery; empty means everything.</param>
    /// <returns>The query, and its filter, which is empty when the query has none.</returns>
    /// <exception cref="FairwayException">InvalidArgument or Unsupported, with every finding.</exception>
    public static (HostComputeQuery Query, HcnFilter Filter) Read(string? query)
    {
        if (string.IsNullOrWhiteSpace(query)) return (new HostComputeQuery(), new HcnFilter());
        var read = HcnJson.Read<HostComputeQuery>(Encoding.UTF8.GetBytes(query));
        var findings = new FindingCollector();
        if (read.SchemaVersion?.Major is { } major and not (0 or 2))
            findings.At("SchemaVersion").Add($"answers of schema {major}.{read.SchemaVersion.Minor ?? 0} are not given by this release; ask for 2.0 to 2.16", HcnErrorCode.RequestUnsupported);
        Translation.Refusals.Flags(read.Flags, HostComputeQueryFlags.Detailed, findings.At("Flags"));
        var filter = ReadFilter(read.Filter, findings.At("Filter"));
        FairwayException.ThrowIfAny("read query", "query", findings.Findings);
        return (read, filter);
    }

    /// <summary>True when a network is asked for.</summary>
    public bool Matches(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return Matches(network.Spec.Id, network.Spec.Name) && VirtualNetwork is null && HostComputeNetwork is null && HostComputeNamespace is null;
    }

    /// <summary>True when an endpoint is asked for.</summary>
    public bool Matches(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var spec = endpoint.Spec;
        return Matches(spec.Id, spec.Name) && (VirtualNetwork ?? spec.NetworkId) == spec.NetworkId && (HostComputeNetwork ?? spec.NetworkId) == spec.NetworkId
            && (HostComputeNamespace is null || HostComputeNamespace == spec.NamespaceId);
    }

    /// <summary>True when a namespace is asked for.</summary>
    public bool Matches(NetworkNamespace compartment)
    {
        ArgumentNullException.ThrowIfNull(compartment);
        return Matches(compartment.Spec.Id, compartment.Spec.Name) && VirtualNetwork is null && HostComputeNetwork is null && HostComputeNamespace is null;
    }

    /// <summary>True when a load balancer is asked for.</summary>
    public bool Matches(LoadBalancer balancer)
    {
        ArgumentNullException.ThrowIfNull(balancer);
        var network = VirtualNetwork ?? HostComputeNetwork;
        return Matches(balancer.Spec.Id, balancer.Spec.Name) && (network is null || network == balancer.Spec.NetworkId) && HostComputeNamespace is null;
    }

    /// <summary>True when a route is asked for.</summary>
    public bool Matches(Route route)
    {
        ArgumentNullException.ThrowIfNull(route);
        var network = VirtualNetwork ?? HostComputeNetwork;
        return Matches(route.Spec.Id, route.Spec.Name) && (network is null || network == route.Spec.NetworkId) && HostComputeNamespace is null;
    }

    private bool Matches(Guid id, string? name) => (Id ?? id) == id && (Name is null || Name == name);

    private static HcnFilter ReadFilter(string? text, FindingCollector findings)
    {
        if (string.IsNullOrWhiteSpace(text)) return new HcnFilter();
        HcnFilter filter;
        try
        {
            filter = HcnJson.Read<HcnFilter>(Encoding.UTF8.GetBytes(text));
        }
        catch (FairwayException problem)
        {
            foreach (var finding in problem.Findings) findings.AddBelow(finding);
            return new HcnFilter();
        }
        foreach (var member in filter.Unknown?.Keys ?? (IEnumerable<string>)[])
            findings.At(member).Add($"{member} is no member to filter by; use ID, Name, HostComputeNetwork, VirtualNetwork or HostComputeNamespace", HcnErrorCode.RequestUnsupported);
        return filter;
    }
}
