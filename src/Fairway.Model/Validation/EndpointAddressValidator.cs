using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;

namespace Fairway.Model.Validation;

/// <summary>Static addresses and the MAC somebody asks for an endpoint.</summary>
internal static class EndpointAddressValidator
{
    public static void Validate(ImmutableArray<IPAddress> addresses, FindingCollector findings)
    {
        if (addresses.Length > NetworkSpecValidator.MaximumSubnets)
            findings.At("Addresses").Add($"{addresses.Length} addresses are too many; an endpoint has at most one per subnet", HcnErrorCode.InvalidEndpoint);
        for (var i = 0; i < addresses.Length; i++)
        {
            var address = addresses[i];
            if (ReservedPrefixes.Holding(address) is { } reserved)
                findings.At("Addresses", i).Add($"address {address} belongs to {reserved}; use an address of the network's subnets", HcnErrorCode.AddressInvalidOrReserved);
            if (addresses.IndexOf(address) < i)
                findings.At("Addresses", i).Add($"address {address} is given twice; give it once", HcnErrorCode.InvalidEndpoint);
        }
    }

    public static void Validate(MacAddress? asked, FindingCollector findings)
    {
        if (asked is not { } mac || mac.IsUnicast) return;
        var cause = mac.Value == 0 ? "is all zero" : "is a group address";
        findings.At("MacAddress").Add($"MAC {mac} {cause}; use a unicast one, for example 02:15:5d:01:02:03, or leave it out", HcnErrorCode.InvalidEndpoint);
    }
}
