using System.Text.Json;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>QOS policies and limits of ours. HCN has bytes a second from the endpoint; everything else of the limits is ours.</summary>
internal static class QosPolicies
{
    public static long? Read(JsonElement? settings, FindingCollector findings)
    {
        if (HcnJson.ReadElement<QosPolicySetting>(settings, findings) is not { } policy) return null;
        if (policy.MaximumOutgoingBandwidthInBytes is { } bytes and > 0 and <= BandwidthValidator.HighestRate / 8 && bytes * 8 >= BandwidthValidator.LowestRate)
            return (long)bytes * 8;
        findings.At("MaximumOutgoingBandwidthInBytes").Add(policy.MaximumOutgoingBandwidthInBytes is { } wrong
            ? $"{wrong} bytes a second are out of range; use {BandwidthValidator.LowestRate / 8} to {BandwidthValidator.HighestRate / 8}"
            : "the policy has no bandwidth; give bytes a second", HcnErrorCode.InvalidPolicy);
        return null;
    }

    /// <summary>The limits with another rate from the endpoint, a burst of which means nothing any more.</summary>
    public static BandwidthLimits? With(BandwidthLimits? limits, long? outgoingRate)
    {
        if (limits?.OutgoingRate == outgoingRate) return limits;
        var changed = (limits ?? new BandwidthLimits()) with { OutgoingRate = outgoingRate, OutgoingBurst = null };
        return changed == new BandwidthLimits() ? null : changed;
    }

    public static EndpointPolicy Write(long outgoingRate) => new()
    {
        Type = EndpointPolicyType.QOS,
        Settings = HcnJson.ToElement(new QosPolicySetting { MaximumOutgoingBandwidthInBytes = (ulong)outgoingRate / 8 }),
    };
}
