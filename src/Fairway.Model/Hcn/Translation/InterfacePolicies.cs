using System.Text.Json;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>Policies about an endpoint's link: InterfaceParameters is the MTU of its interface, PortName a name of the host's side.</summary>
internal static class InterfacePolicies
{
    public static int? Mtu(JsonElement? settings, FindingCollector findings)
    {
        if (HcnJson.ReadElement<InterfaceParametersPolicySetting>(settings, findings) is not { } policy) return null;
        if (policy.Mtu is null) findings.At("Mtu").Add("the policy has no MTU; give bytes", HcnErrorCode.InvalidPolicy);
        return policy.Mtu;
    }

    public static string? PortName(JsonElement? settings, FindingCollector findings)
    {
        if (HcnJson.ReadElement<PortnameEndpointPolicySetting>(settings, findings) is not { } policy) return null;
        if (policy.Name is null) findings.At("Name").Add("the policy has no name; give one", HcnErrorCode.InvalidPolicy);
        return policy.Name;
    }

    /// <summary>Those of an endpoint, as they were sent where they are still the same.</summary>
    public static IEnumerable<EndpointPolicy> Write(EndpointSpec spec, IReadOnlyList<EndpointPolicy> received)
    {
        var nowhere = new FindingCollector();
        if (spec.Mtu is { } mtu)
            yield return received.FirstOrDefault(policy => policy.Type == EndpointPolicyType.InterfaceParameters && Mtu(policy.Settings, nowhere) == mtu)
                ?? new EndpointPolicy { Type = EndpointPolicyType.InterfaceParameters, Settings = HcnJson.ToElement(new InterfaceParametersPolicySetting { Mtu = (ushort)mtu }) };
        if (spec.PortName is { } name)
            yield return received.FirstOrDefault(policy => policy.Type == EndpointPolicyType.PortName && PortName(policy.Settings, nowhere) == name)
                ?? new EndpointPolicy { Type = EndpointPolicyType.PortName, Settings = HcnJson.ToElement(new PortnameEndpointPolicySetting { Name = name }) };
    }
}
