using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.V1;

/// <summary>
/// Policies of schema 1 have their settings beside their type: <c>{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8080}</c>.
/// Each becomes the policy of schema 2 that means the same, so that one place decides what is honoured.
/// </summary>
internal static class FlatPolicies
{
    public static List<EndpointPolicy> OfEndpoint(IReadOnlyList<JsonElement>? policies, FindingCollector findings)
    {
        var converted = new List<EndpointPolicy>();
        for (var i = 0; i < (policies?.Count ?? 0); i++)
            if (Endpoint(policies![i], findings.At("Policies", i)) is { } policy) converted.Add(policy);
        return converted;
    }

    public static List<NetworkPolicy> OfNetwork(IReadOnlyList<JsonElement>? policies, FindingCollector findings)
    {
        for (var i = 0; i < (policies?.Count ?? 0); i++)
            Refuse(policies![i], "networks have none in schema 1", findings.At("Policies", i));
        return [];
    }

    public static List<SubnetPolicy>? OfSubnet(IReadOnlyList<JsonElement>? policies, FindingCollector findings)
    {
        var converted = new List<SubnetPolicy>();
        for (var i = 0; i < (policies?.Count ?? 0); i++)
        {
            if ("VLAN".Equals(Type(policies![i]), StringComparison.OrdinalIgnoreCase))
                converted.Add(new SubnetPolicy { Type = SubnetPolicyType.VLAN, Settings = Vlan(policies[i]) });
            else
                Refuse(policies[i], "subnets have VLAN", findings.At("Policies", i));
        }
        return converted is [] ? null : converted;
    }

    private static JsonElement? Vlan(JsonElement flat)
    {
        foreach (var member in flat.EnumerateObject())
            if (Is(member, "VLAN")) return HcnJson.ToElement(new Dictionary<string, JsonElement> { ["IsolationId"] = member.Value });
        return null;
    }

    private static EndpointPolicy? Endpoint(JsonElement flat, FindingCollector here)
    {
        switch (Type(flat)?.ToUpperInvariant())
        {
            case "NAT":
                break;
            case "OUTBOUNDNAT":
                return Renamed(EndpointPolicyType.OutBoundNAT, flat, ("VIP", "VirtualIP"), ("ExceptionList", "Exceptions"));
            case "ROUTE":
                return Renamed(EndpointPolicyType.SDNRoute, flat);
            case "QOS":
                return Renamed(EndpointPolicyType.QOS, flat);
            default:
                Refuse(flat, "endpoints have NAT, OutBoundNAT, ROUTE and QOS", here);
                return null;
        }
        var settings = new Dictionary<string, JsonElement>();
        foreach (var member in flat.EnumerateObject())
            if (!Is(member, "Type") && !Is(member, "ExternalPortReserved")) settings[member.Name] = member.Value;
        // A switch of its own in schema 1, one of the flags in schema 2.
        if (flat.EnumerateObject().Any(member => Is(member, "ExternalPortReserved") && member.Value.ValueKind == JsonValueKind.True))
            settings["Flags"] = HcnJson.ToElement(new PortMappingPolicySetting { Flags = NatFlags.ExternalPortReserved }).GetProperty("Flags");
        return new EndpointPolicy { Type = EndpointPolicyType.PortMapping, Settings = HcnJson.ToElement(settings) };
    }

    /// <summary>Settings that differ in names at most.</summary>
    private static EndpointPolicy Renamed(EndpointPolicyType type, JsonElement flat, params (string One, string Two)[] names)
    {
        var settings = new Dictionary<string, JsonElement>();
        foreach (var member in flat.EnumerateObject().Where(member => !Is(member, "Type")))
            settings[names.FirstOrDefault(name => Is(member, name.One)).Two ?? member.Name] = member.Value;
        return new EndpointPolicy { Type = type, Settings = HcnJson.ToElement(settings) };
    }

    private static void Refuse(JsonElement flat, string honoured, FindingCollector here)
    {
        var type = Type(flat);
        here.Add(type is null
            ? $"the policy has no type; {honoured}"
            : $"policies of type {Names.ResourceName.Printable(type)} are not honoured by this release; {honoured}", HcnErrorCode.InvalidPolicyType);
    }

    private static string? Type(JsonElement flat)
    {
        if (flat.ValueKind != JsonValueKind.Object) return null;
        foreach (var member in flat.EnumerateObject())
            if (Is(member, "Type") && member.Value.ValueKind == JsonValueKind.String) return member.Value.GetString();
        return null;
    }

    private static bool Is(JsonProperty member, string name) => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
