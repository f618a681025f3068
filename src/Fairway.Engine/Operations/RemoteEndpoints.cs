using Fairway.Engine.Planner;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

/// <summary>What endpoints have to do with other hosts, seen from their network.</summary>
internal static class RemoteEndpoints
{
    /// <exception cref="FairwayException">InvalidArgument: the network is not on other hosts, or too little is left for packets.</exception>
    public static void Check(Network network, EndpointSpec spec)
    {
        if (spec.ProviderAddress is not null && !network.Spec.Traits.IsEncapsulated)
        {
            throw Refusal.At("$.ProviderAddress", ErrorKind.InvalidArgument, $"endpoint '{spec.Name}'",
                $"network '{network.Spec.Name}' is {network.Spec.Type.ToString().ToLowerInvariant()} and has no endpoints on other hosts; use one of type Overlay", HcnErrorCode.InvalidRemoteEndpointOperation);
        }
        if (spec.EncapOverhead is { } overhead && EndpointPlanner.Mtu(network, spec) < NetworkSpecValidator.MinimumMtu)
        {
            throw Refusal.At("$.EncapOverhead", ErrorKind.InvalidArgument, $"endpoint '{spec.Name}'",
                $"{overhead} bytes for encapsulation leave {EndpointPlanner.Mtu(network, spec)} for packets, fewer than {NetworkSpecValidator.MinimumMtu}; leave more", HcnErrorCode.InvalidPolicy);
        }
    }

    /// <summary>Refuses what can only be done where an endpoint is.</summary>
    /// <exception cref="FairwayException">Conflict: it is on another host.</exception>
    public static void RequireLocal(string operation, Endpoint endpoint)
    {
        if (endpoint.Spec.ProviderAddress is { } provider)
        {
            throw new FairwayException(ErrorKind.Conflict, $"endpoint '{endpoint.Spec.Name}'",
                $"{operation} '{endpoint.Spec.Name}': it is on host {provider}; do it there", HcnErrorCode.EndpointNotLocal);
        }
    }
}
