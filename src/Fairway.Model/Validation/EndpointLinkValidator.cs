using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>What an endpoint's own MTU needs of its network.</summary>
public static class EndpointLinkValidator
{
    /// <summary>Everything wrong with it there; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(EndpointSpec spec, Network network)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(network);
        var findings = new FindingCollector();
        if (spec.Mtu is not { } mtu) return [];
        var v4Only = network.Spec.Subnets is not [] && network.Spec.Subnets.All(subnet => subnet.Prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork);
        var minimum = v4Only ? NetworkSpecValidator.MinimumMtuV4 : NetworkSpecValidator.MinimumMtu;
        var here = findings.At("Mtu");
        if (mtu < minimum || mtu > network.Mtu)
            here.Add($"an MTU of {mtu} bytes is out of range in network '{network.Spec.Name}'; use {minimum} to {network.Mtu}{(v4Only ? "" : " (IPv6 needs 1280)")}", HcnErrorCode.InvalidPolicy);
        else if (spec.EncapOverhead is not null)
            here.Add("the MTU is said twice, by InterfaceParameters and by EncapOverhead; give one of them", HcnErrorCode.InvalidPolicy);
        else if (spec.HandedOver)
            here.Add("an endpoint that is handed over has its inside end where the engine put it; give the network an MTU", HcnErrorCode.InvalidPolicy);
        return findings.Findings;
    }
}
