using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of what other hosts have of an overlay network: subnets come and go with hosts.</summary>
/// <param name="RequestType">Add, Remove or Update; Update replaces all remote subnets.</param>
/// <param name="RemoteSubnets">The remote subnets given.</param>
/// <param name="HostRoute">Whether the host route is given.</param>
public sealed record OverlayModification(ModifyRequestType RequestType, ImmutableArray<RemoteSubnet> RemoteSubnets, bool HostRoute)
{
    /// <summary>Nothing of it is asked for.</summary>
    public bool IsEmpty => RemoteSubnets.IsEmpty && !HostRoute;

    internal static OverlayModification Read(ModifyRequestType? request, IReadOnlyList<NetworkPolicy> policies, FindingCollector findings)
    {
        for (var i = 0; i < policies.Count; i++)
        {
            if (policies[i].Type is NetworkPolicyType.VxlanPort or NetworkPolicyType.ProviderAddress or NetworkPolicyType.DrMacAddress)
                findings.At("Policies", i).At("Type").Add($"{policies[i].Type} cannot be changed while the network is there; delete it and create it anew", HcnErrorCode.RequestUnsupported);
        }
        var overlay = OverlayPolicies.Read(policies, new PathMap(), findings);
        if (overlay.HostRoute && request != ModifyRequestType.Add)
            findings.At("Policies").Add("HostRoute can be added, and not be taken away while the network is there", HcnErrorCode.RequestUnsupported);
        return new OverlayModification(request ?? ModifyRequestType.Add, overlay.RemoteSubnets, overlay.HostRoute);
    }

    /// <summary>The network's settings after the change.</summary>
    /// <param name="network">Its name.</param>
    /// <param name="present">Its settings; null when it is no overlay.</param>
    /// <exception cref="FairwayException">AlreadyExists or NotFound: a remote subnet is there already, or is not; InvalidArgument: the network is no overlay.</exception>
    public OverlaySpec For(string network, OverlaySpec? present)
    {
        if (present is null)
            throw Wrong(network, ErrorKind.InvalidArgument, "it is no overlay, so no other host has any of it; use a network of type Overlay", HcnErrorCode.InvalidPolicyType);
        var subnets = present.RemoteSubnets;
        foreach (var remote in RemoteSubnets)
        {
            var known = subnets.FirstOrDefault(other => other.Prefix.Equals(remote.Prefix));
            if (RequestType == ModifyRequestType.Add && known is not null)
                throw Wrong(network, ErrorKind.AlreadyExists, $"subnet {remote.Prefix} is on host {known.ProviderAddress} already; remove that first", HcnErrorCode.PolicyAlreadyExists);
            if (RequestType == ModifyRequestType.Remove && known != remote)
                throw Wrong(network, ErrorKind.NotFound, $"there is no such remote subnet {remote.Prefix} on host {remote.ProviderAddress}", HcnErrorCode.PolicyNotFound);
            if (RequestType == ModifyRequestType.Remove)
                subnets = subnets.Remove(remote);
        }
        return present with
        {
            HostRoute = present.HostRoute || HostRoute,
            RemoteSubnets = RequestType switch
            {
                ModifyRequestType.Add => subnets.AddRange(RemoteSubnets),
                ModifyRequestType.Update => RemoteSubnets,
                _ => subnets,
            },
        };
    }

    private static FairwayException Wrong(string network, ErrorKind kind, string why, uint code) =>
        new(kind, $"network '{network}'", $"modify network '{network}': {why}", code);
}
