using System.Text.Json;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>SDNRoute settings, of endpoints and of HostComputeRoutes, and routes of ours.</summary>
internal static class SwitchRoutePolicies
{
    public static SwitchRoute? Read(JsonElement? settings, FindingCollector findings) =>
        HcnJson.ReadElement<SDNRoutePolicySetting>(settings, findings) is { } policy ? Read(policy, findings) : null;

    public static SwitchRoute? Read(SDNRoutePolicySetting policy, FindingCollector findings)
    {
        if (policy.AutomaticEndpointMonitor is true)
            findings.At("AutomaticEndpointMonitor").Add("routes do not follow endpoints in this release; leave the member out", HcnErrorCode.RequestUnsupported);
        if (!PrefixText.TryParse(policy.DestinationPrefix, out var destination, out var error))
            findings.At("DestinationPrefix").Add(error, HcnErrorCode.InvalidPrefix);
        if (policy.NextHop is null or "")
        {
            findings.At("NextHop").Add("the route has no next hop; give the address of a router", HcnErrorCode.InvalidIp);
            return null;
        }
        if (!AddressText.TryParse(policy.NextHop, out var hop, out var why))
        {
            findings.At("NextHop").Add(why, HcnErrorCode.InvalidIp);
            return null;
        }
        return error is null ? new SwitchRoute(destination, hop, policy.NeedEncap ?? false) : null;
    }

    /// <summary>States where a route of a spec came from.</summary>
    public static void Origins(PathMap paths, string spec, string document)
    {
        paths.Add(spec, document);
        paths.Add($"{spec}.Destination", $"{document}.DestinationPrefix");
        paths.Add($"{spec}.Encapsulate", $"{document}.NeedEncap");
    }

    public static SDNRoutePolicySetting Write(SwitchRoute route) => new()
    {
        DestinationPrefix = route.Destination.ToString(),
        NextHop = route.NextHop.ToString(),
        NeedEncap = route.Encapsulate,
    };
}
