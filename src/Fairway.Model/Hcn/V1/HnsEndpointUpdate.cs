using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.V1;

/// <summary>An update of schema 1 is the whole endpoint with other policies: what else is in it must be as it is.</summary>
public static class HnsEndpointUpdate
{
    /// <summary>The change an update asks for.</summary>
    /// <param name="json">What the client sent.</param>
    /// <param name="present">The endpoint as it is.</param>
    /// <exception cref="FairwayException">InvalidArgument or Unsupported, with every finding.</exception>
    public static EndpointModification Read(ReadOnlySpan<byte> json, HnsEndpoint present)
    {
        ArgumentNullException.ThrowIfNull(present);
        var given = HcnJson.Read<HnsEndpoint>(json);
        var findings = new FindingCollector();
        CheckSame(given with { Policies = null }, present, findings);
        CheckTravelling(given, present, findings);
        var modification = Replacing(FlatPolicies.OfEndpoint(given.Policies, findings), findings);
        var subject = Subject.Of("endpoint", present.Name);
        FairwayException.ThrowIfAny($"update {subject}", subject, findings.Findings);
        return modification!;
    }

    private static void CheckSame(HnsEndpoint given, HnsEndpoint present, FindingCollector findings)
    {
        var known = HcnJson.ToElement(present).EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var member in HcnJson.ToElement(given).EnumerateObject().Where(member => IsGiven(member.Value)))
        {
            if (!known.TryGetValue(member.Name, out var value) || !IsSame(member.Value, value))
                findings.At(member.Name).Add("an update changes policies only; leave the member as it is, or delete the endpoint and create it anew", HcnErrorCode.RequestUnsupported);
        }
    }

    /// <summary>The host an endpoint is on is a policy, and none that can change.</summary>
    private static void CheckTravelling(HnsEndpoint given, HnsEndpoint present, FindingCollector findings)
    {
        static string[] Providers(HnsEndpoint endpoint) => [.. (endpoint.Policies ?? []).Select(policy => new FlatPolicy(policy)).Where(flat => flat.Is("PA")).Select(flat => flat.Text("PA") ?? "")];
        if (!Providers(given).SequenceEqual(Providers(present)))
            findings.At("Policies").Add("the policy PA cannot change; delete the endpoint and create it anew", HcnErrorCode.RequestUnsupported);
    }

    private static EndpointModification? Replacing(List<EndpointPolicy> policies, FindingCollector findings)
    {
        if (!findings.Findings.IsEmpty)
            return null;
        var changing = policies.Select((policy, index) => (Policy: policy, Index: index)).Where(given => given.Policy.Type != EndpointPolicyType.ProviderAddress).ToList();
        var paths = new PathMap();
        paths.Add("$.Settings", "$");
        for (var i = 0; i < changing.Count; i++)
            paths.Add($"$.Settings.Policies[{i}].Settings", $"$.Policies[{changing[i].Index}]");
        try
        {
            return EndpointModification.Read(HcnJson.WriteUtf8(new ModifyEndpointSettingRequest
            {
                ResourceType = EndpointResourceType.Policy,
                RequestType = ModifyRequestType.Update,
                Settings = HcnJson.ToElement(new PolicyEndpointRequest { Policies = [.. changing.Select(given => given.Policy)] }),
            }));
        }
        catch (FairwayException problem) when (!problem.Findings.IsEmpty)
        {
            paths.Report(problem.Findings, findings);
            return null;
        }
    }

    /// <summary>What Go leaves out: a client may say so, or not at all.</summary>
    private static bool IsGiven(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => value.GetString() is { Length: > 0 },
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(member => IsGiven(member.Value)),
        _ => true,
    };

    /// <summary>Objects may be given in part.</summary>
    private static bool IsSame(JsonElement given, JsonElement present) => (given.ValueKind, present.ValueKind) switch
    {
        (JsonValueKind.String, JsonValueKind.String) => string.Equals(given.GetString(), present.GetString(), StringComparison.OrdinalIgnoreCase),
        (JsonValueKind.Object, JsonValueKind.Object) => given.EnumerateObject().Where(member => IsGiven(member.Value))
            .All(member => present.TryGetProperty(member.Name, out var value) && IsSame(member.Value, value)),
        (JsonValueKind.Array, JsonValueKind.Array) => given.GetArrayLength() == present.GetArrayLength() && given.EnumerateArray().Zip(present.EnumerateArray()).All(pair => IsSame(pair.First, pair.Second)),
        _ => JsonElement.DeepEquals(given, present),
    };
}
