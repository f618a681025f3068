using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Networks;
using Fairway.Model.Validation;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>A subnet of Podman's in Fairway's words.</summary>
internal static class SubnetTranslation
{
    /// <summary>The subnet, or null when it is none.</summary>
    public static SubnetSpec? ToSpec(SubnetDocument subnet, bool @internal, FindingCollector findings)
    {
        if (!PrefixText.TryParse(subnet.Subnet, out var prefix, out var error))
        {
            findings.At("subnet").Add(error);
            return null;
        }
        if (subnet.Gateway is not { Length: > 0 } text)
        {
            // Podman then has all addresses of the subnet to give, from the first one on, and an internal network needs one for its resolver: the one given last.
            return new SubnetSpec(prefix, @internal ? prefix.LastUsable : null);
        }
        if (AddressText.TryParse(text, out IPAddress? gateway, out error))
            return new SubnetSpec(prefix, gateway);
        findings.At("gateway").Add(error);
        return null;
    }
}
