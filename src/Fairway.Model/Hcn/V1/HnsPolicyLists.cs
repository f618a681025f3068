using Fairway.Model.Errors;
using Fairway.Model.Hcn.LoadBalancers;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Routes;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Routes;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.V1;

/// <summary>Policy lists of schema 1: one of ELB policies is a load balancer, one of ROUTE policies a route.</summary>
public static class HnsPolicyLists
{
    private const string Prefix = "/endpoints/";
    private const string Balancer = "ELB";
    private const string Way = "ROUTE";

    /// <summary>What a list asks for: a load balancer, or a route.</summary>
    /// <exception cref="FairwayException">Something in it has no counterpart, or asks for what this release does not do; every finding is in it.</exception>
    public static (LoadBalancerSpec? Balancer, RouteSpec? Route) ToSpec(HnsPolicyList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var findings = new FindingCollector();
        List<FlatPolicy> policies = [.. (list.Policies ?? []).Select(policy => new FlatPolicy(policy))];
        if (policies.Count == 0)
            findings.At("Policies").Add("the list has no policies; give ELB for a load balancer, ROUTE for a route", HcnErrorCode.InvalidPolicy);
        for (var i = 0; i < policies.Count; i++)
            CheckType(policies[i], policies[0], findings.At("Policies", i));
        List<string> endpoints = [.. (list.References ?? []).Select((reference, i) => Endpoint(reference, findings.At("References", i)))];
        var isRoute = policies.Count > 0 && policies[0].Is(Way);
        var ports = isRoute ? [] : Read<HnsElbPolicy>(policies, findings);
        var ways = isRoute ? Read<SDNRoutePolicySetting>(policies, findings) : [];
        for (var i = 1; i < ports.Count && findings.Findings.IsEmpty; i++)
            CheckSame(ports[0], ports[i], findings.At("Policies", i));
        FairwayException.ThrowIfAny("create policy list", "policy list", findings.Findings);
        return isRoute
            ? (null, Explained(list, () => HcnRouteTranslation.ToSpec(Route(list, endpoints, ways)), "$.Routes[{0}]"))
            : (Explained(list, () => HcnLoadBalancerTranslation.ToSpec(LoadBalancer(list, endpoints, ports)), "$.PortMappings[{0}]"), null);
    }

    /// <summary>An answer of the engine with the members of the list.</summary>
    /// <param name="list">What was asked.</param>
    /// <param name="problem">What was answered about the spec.</param>
    public static FairwayException Explain(HnsPolicyList list, FairwayException problem)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(problem);
        var paths = new PathMap();
        paths.Add("$.Id", "$.ID");
        paths.Add("$.Endpoints", "$.References");
        paths.Add("$.Backends", "$.References");
        paths.Add("$.Frontends", "$.Policies[0].VIPs");
        for (var i = 0; i < (list.Policies?.Count ?? 0); i++)
        {
            SwitchRoutePolicies.Origins(paths, $"$.Routes[{i}]", $"$.Policies[{i}]");
            paths.Add($"$.Ports[{i}]", $"$.Policies[{i}]");
        }
        return paths.Explain(problem);
    }

    /// <summary>The list a load balancer is.</summary>
    public static HnsPolicyList Of(LoadBalancer balancer)
    {
        var document = HcnLoadBalancerTranslation.ToDocument(balancer);
        return new HnsPolicyList
        {
            Id = document.Id,
            References = [.. (document.HostComputeEndpoints ?? []).Select(endpoint => Prefix + endpoint)],
            Policies = [.. (document.PortMappings ?? []).Select(port => HcnJson.ToElement(Policy(document, port)))],
            Unknown = document.Unknown,
        };
    }

    /// <summary>The list a route is.</summary>
    public static HnsPolicyList Of(Route route)
    {
        var document = HcnRouteTranslation.ToDocument(route);
        return new HnsPolicyList
        {
            Id = document.Id,
            References = [.. (document.HostComputeEndpoints ?? []).Select(endpoint => Prefix + endpoint)],
            Policies = [.. (document.Routes ?? []).Select(way => FlatPolicy.Write(Way, HcnJson.ToElement(way)))],
            Unknown = document.Unknown,
        };
    }

    private static void CheckType(FlatPolicy policy, FlatPolicy first, FindingCollector here)
    {
        if (policy.Type is null)
            here.Add("the policy has no type; lists have ELB or ROUTE", HcnErrorCode.InvalidPolicyType);
        else if (!policy.Is(Balancer) && !policy.Is(Way))
            here.Add($"policies of type {Names.ResourceName.Printable(policy.Type)} are not honoured by this release in lists, which have ELB or ROUTE", HcnErrorCode.InvalidPolicyType);
        else if (first.Type is not null && !policy.Is(first.Type))
            here.Add("a list is a load balancer or a route, not both; make two lists", HcnErrorCode.InvalidPolicyType);
    }

    private static HostComputeRoute Route(HnsPolicyList list, List<string> endpoints, List<SDNRoutePolicySetting> ways) => new()
    {
        Id = list.Id,
        HostComputeEndpoints = endpoints,
        Routes = ways,
        Unknown = list.Unknown,
    };

    private static HostComputeLoadBalancer LoadBalancer(HnsPolicyList list, List<string> endpoints, List<HnsElbPolicy> ports) => new()
    {
        Id = list.Id,
        HostComputeEndpoints = endpoints,
        SourceVIP = ports is [{ SourceVIP: { Length: > 0 } source }, ..] ? source : null,
        FrontendVIPs = ports is [{ VIPs: { Count: > 0 } frontends }, ..] ? frontends : null,
        Flags = ports.Exists(port => port.IsDSR is true) ? LoadBalancerFlags.EnableDirectServerReturn : null,
        PortMappings = [.. ports.Select(Port)],
        Unknown = list.Unknown,
    };

    private static List<T> Read<T>(List<FlatPolicy> policies, FindingCollector findings)
        where T : class => [.. policies.Select((policy, i) => HcnJson.ReadElement<T>(policy.Settings(), findings.At("Policies", i))).OfType<T>()];

    /// <summary>A load balancer has its addresses once.</summary>
    private static void CheckSame(HnsElbPolicy first, HnsElbPolicy other, FindingCollector here)
    {
        if (!(first.VIPs ?? []).SequenceEqual(other.VIPs ?? []))
            here.At("VIPs").Add("the policies of a list answer on the same addresses; make another list for other ones", HcnErrorCode.InvalidPolicy);
        if ((first.SourceVIP ?? "") != (other.SourceVIP ?? ""))
            here.At("SourceVIP").Add("the policies of a list have the same source address; make another list for another one", HcnErrorCode.InvalidPolicy);
        if ((first.IsDSR ?? false) != (other.IsDSR ?? false))
            here.At("IsDSR").Add("the policies of a list answer in the same way; make another list for another one", HcnErrorCode.InvalidPolicy);
    }

    private static string Endpoint(string reference, FindingCollector here)
    {
        if (reference.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return reference[Prefix.Length..];
        here.Add($"'{Names.ResourceName.Printable(reference)}' is no reference to an endpoint; write {Prefix}ID", HcnErrorCode.EndpointNotFound);
        return "";
    }

    private static LoadBalancerPortMapping Port(HnsElbPolicy policy) => new()
    {
        Protocol = policy.Protocol,
        InternalPort = policy.InternalPort,
        ExternalPort = policy.ExternalPort,
        DistributionType = policy.DistributionType,
        Flags = policy.ILB is true ? LoadBalancerPortMappingFlags.EnableInternalLoadBalancer : null,
        Unknown = policy.Unknown,
    };

    private static HnsElbPolicy Policy(HostComputeLoadBalancer balancer, LoadBalancerPortMapping port) => new()
    {
        Type = Balancer,
        Protocol = port.Protocol,
        InternalPort = port.InternalPort,
        ExternalPort = port.ExternalPort,
        SourceVIP = balancer.SourceVIP,
        VIPs = balancer.FrontendVIPs,
        ILB = port.Flags?.HasFlag(LoadBalancerPortMappingFlags.EnableInternalLoadBalancer) is true ? true : null,
        IsDSR = balancer.Flags?.HasFlag(LoadBalancerFlags.EnableDirectServerReturn) is true ? true : null,
        DistributionType = port.DistributionType,
        Unknown = port.Unknown,
    };

    /// <summary>What is said about the document of schema 2, about the list.</summary>
    private static T Explained<T>(HnsPolicyList list, Func<T> read, string policies)
    {
        try
        {
            return read();
        }
        catch (FairwayException problem) when (!problem.Findings.IsEmpty)
        {
            var (paths, findings) = (new PathMap(), new FindingCollector());
            paths.Add("$.HostComputeEndpoints", "$.References");
            paths.Add("$.FrontendVIPs", "$.Policies[0].VIPs");
            paths.Add("$.SourceVIP", "$.Policies[0].SourceVIP");
            for (var i = 0; i < (list.Policies?.Count ?? 0); i++)
                paths.Add(string.Format(null, policies, i), $"$.Policies[{i}]");
            paths.Report(problem.Findings, findings);
            throw FairwayException.FromFindings("create policy list", "policy list", findings.Findings);
        }
    }
}
