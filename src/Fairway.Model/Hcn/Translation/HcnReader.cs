using System.Collections.Immutable;
using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.LoadBalancers;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Routes;
using Fairway.Model.Hcn.V1;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>
/// Reads documents sent to create a resource, of schema 2 or of schema 1 (HNS), and hands out schema 2. A document is of the schema
/// its SchemaVersion states; without one it is of schema 1 when it has members only schema 1 knows.
/// </summary>
public static class HcnReader
{
    /// <summary>Reads a HostComputeNetwork or an HNSNetwork.</summary>
    /// <exception cref="FairwayException">InvalidArgument: the JSON is wrong, or a document of schema 1 has no counterpart in schema 2.</exception>
    public static HostComputeNetwork ReadNetwork(ReadOnlySpan<byte> json)
    {
        return IsSchemaOne(json, SchemaOneMembers.IsOfNetwork) ? ReadHnsNetwork(json) : HcnJson.Read<HostComputeNetwork>(json);
    }

    /// <summary>Reads an HNSNetwork, whatever members it has.</summary>
    /// <exception cref="FairwayException">InvalidArgument: the JSON is wrong, or the document has no counterpart in schema 2.</exception>
    public static HostComputeNetwork ReadHnsNetwork(ReadOnlySpan<byte> json)
    {
        var network = HcnJson.Read<HnsNetwork>(json);
        var findings = new FindingCollector();
        var converted = SchemaOneNetwork.Convert(network, findings);
        Throw("network", network.Name, findings.Findings);
        return Reread(converted);
    }

    /// <summary>Reads a HostComputeEndpoint or an HNSEndpoint.</summary>
    /// <exception cref="FairwayException">InvalidArgument: the JSON is wrong, or a document of schema 1 has no counterpart in schema 2.</exception>
    public static HostComputeEndpoint ReadEndpoint(ReadOnlySpan<byte> json)
    {
        return IsSchemaOne(json, SchemaOneMembers.IsOfEndpoint) ? ReadHnsEndpoint(json) : HcnJson.Read<HostComputeEndpoint>(json);
    }

    /// <summary>Reads an HNSEndpoint, whatever members it has.</summary>
    /// <exception cref="FairwayException">InvalidArgument: the JSON is wrong, or the document has no counterpart in schema 2.</exception>
    public static HostComputeEndpoint ReadHnsEndpoint(ReadOnlySpan<byte> json)
    {
        var endpoint = HcnJson.Read<HnsEndpoint>(json);
        var findings = new FindingCollector();
        var converted = SchemaOneEndpoint.Convert(endpoint, findings);
        Throw("endpoint", endpoint.Name, findings.Findings);
        return Reread(converted);
    }

    /// <summary>Reads a HostComputeNamespace; schema 1 has none.</summary>
    /// <exception cref="FairwayException">InvalidArgument: the JSON is wrong.</exception>
    public static HostComputeNamespace ReadNamespace(ReadOnlySpan<byte> json) => HcnJson.Read<HostComputeNamespace>(json);

    /// <summary>Reads a HostComputeLoadBalancer.</summary>
    /// <exception cref="FairwayException">InvalidArgument: the JSON is wrong.</exception>
    public static HostComputeLoadBalancer ReadLoadBalancer(ReadOnlySpan<byte> json) => HcnJson.Read<HostComputeLoadBalancer>(json);

    /// <summary>Reads a HostComputeRoute.</summary>
    /// <exception cref="FairwayException">InvalidArgument: the JSON is wrong.</exception>
    public static HostComputeRoute ReadRoute(ReadOnlySpan<byte> json) => HcnJson.Read<HostComputeRoute>(json);

    private static bool IsSchemaOne(ReadOnlySpan<byte> json, Func<string, bool> isSchemaOneMember)
    {
        var document = HcnJson.Read<JsonElement>(json);
        if (document.ValueKind != JsonValueKind.Object) return false;
        var members = document.EnumerateObject();
        var version = members.FirstOrDefault(member => member.Name.Equals("SchemaVersion", StringComparison.OrdinalIgnoreCase)).Value;
        var major = version.ValueKind == JsonValueKind.Object && version.TryGetProperty("Major", out var given) && given.ValueKind == JsonValueKind.Number
            && given.TryGetInt64(out var number) ? number : 0;
        return major switch
        {
            0 => members.Any(member => isSchemaOneMember(member.Name)),
            1 => true,
            _ => false,
        };
    }

    // What schema 1 does not know may be a member of schema 2: it must not stay among the unknown ones, unseen.
    private static T Reread<T>(T converted)
        where T : HcnObject => HcnJson.Read<T>(HcnJson.WriteUtf8(converted));

    private static void Throw(string kind, string? name, ImmutableArray<Finding> findings)
    {
        var subject = Subject.Of(kind, name);
        FairwayException.ThrowIfAny($"create {subject}", subject, findings);
    }
}
