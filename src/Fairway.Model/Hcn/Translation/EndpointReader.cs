using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>One HostComputeEndpoint on its way to a spec: what it says, and everything in it that this release cannot do.</summary>
internal sealed class EndpointReader(HostComputeEndpoint document, Network network)
{
    private readonly FindingCollector _findings = new();
    private readonly PathMap _paths = new();

    public ImmutableArray<Finding> Findings => _findings.Findings;

    public EndpointSpec Read()
    {
        Refusals.SchemaVersion(document.SchemaVersion, _findings);
        SchemaOneMembers.RefuseInEndpoint(document, _findings);
        Refusals.Flags(document.Flags, EndpointFlags.RemoteEndpoint | EndpointFlags.DisableInterComputeCommunication | (network.Spec.Dhcp ? EndpointFlags.EnableDhcp : EndpointFlags.None), _findings.At("Flags"), FlagReason);
        var routes = Routes();
        var additional = Additional();
        var (addresses, parts) = Addresses();
        // Publications are checked where they are read, against the policies' own paths.
        var policies = EndpointPolicies.Read(document.Policies ?? [], _paths, _findings);
        var spec = new EndpointSpec
        {
            Id = document.Id ?? Guid.Empty,
            Name = document.Name is "" ? null : document.Name,
            NetworkId = network.Spec.Id,
            NamespaceId = document.HostComputeNamespace is { } compartment && compartment != Guid.Empty ? compartment : null,
            VirtualNic = additional?.VirtualNic is { } nic ? new VirtualNic { User = nic.User, Group = nic.Group, MultiQueue = nic.MultiQueue ?? false } : null,
            InterfaceName = additional?.InterfaceName ?? EndpointSpec.DefaultInterfaceName,
            Addresses = addresses,
            Parts = parts,
            MacAddress = Mac(),
            ProviderAddress = ProviderAddress(policies.ProviderAddress),
            EncapOverhead = policies.EncapOverhead,
            Mtu = policies.Mtu,
            PortName = policies.PortName,
            Routes = routes,
            OutboundNat = policies.OutboundNat,
            SwitchRoutes = policies.Routes,
            Apart = (document.Flags ?? EndpointFlags.None).HasFlag(EndpointFlags.DisableInterComputeCommunication),
            Sidecar = policies.Sidecar,
            Proxy = policies.Proxy,
            Bandwidth = QosPolicies.With(null, policies.OutgoingRate),
            Aliases = [.. additional?.Aliases ?? []],
            Dns = DnsTranslation.ToSettings(document.Dns, _paths),
            // Rules carry their own part of the document.
            Document = HcnJson.Write(document with { Policies = document.Policies?.Where(policy => policy.Type is not (EndpointPolicyType.ACL or EndpointPolicyType.TierAcl)).ToList() }),
        };
        _paths.Add("$.Id", "$.ID");
        _paths.Add("$.NetworkId", "$.HostComputeNetwork");
        _paths.Add("$.InterfaceName", "$.AdditionalParams.InterfaceName");
        _paths.Add("$.VirtualNic", "$.AdditionalParams.VirtualNic");
        _paths.Add("$.Aliases", "$.AdditionalParams.Aliases");
        _paths.Add("$.NamespaceId", "$.HostComputeNamespace");
        _paths.Add("$.Addresses", "$.IpConfigurations");
        _paths.Add("$.Parts", "$.IpConfigurations");
        _paths.Add("$.Apart", "$.Flags");
        _paths.Report(EndpointSpecValidator.Validate(spec), _findings);
        _paths.Report(EndpointWayValidator.Validate(spec, network.Spec), _findings);
        _paths.Report(EndpointLinkValidator.Validate(spec, network), _findings);
        spec = spec with { Publications = policies.Publications, Rules = policies.Rules };
        if (spec.ProviderAddress is not null) RefuseLocalParts(spec);
        return spec;
    }

    /// <summary>An answer about the spec, as one about the document; after <see cref="Read"/>.</summary>
    public FairwayException Explain(FairwayException problem) => _paths.Explain(problem);

    private static string? FlagReason(EndpointFlags flag) => flag switch
    {
        EndpointFlags.EnableDhcp => "is not honoured on networks whose addresses are given here; give IpConfigurations or leave both out",
        _ => null,
    };

    private EndpointAdditionalParams? Additional() => document.AdditionalParams is { ValueKind: not JsonValueKind.Null } given
        ? HcnJson.ReadElement<EndpointAdditionalParams>(given, _findings.At("AdditionalParams"))
        : null;

    private IPAddress? ProviderAddress(IPAddress? given)
    {
        var isRemote = (document.Flags ?? EndpointFlags.None).HasFlag(EndpointFlags.RemoteEndpoint);
        var isGiven = document.Policies?.Any(policy => policy.Type == EndpointPolicyType.ProviderAddress) ?? false;
        if ((isRemote || isGiven) && !network.Spec.Traits.IsEncapsulated)
        {
            _findings.At("Flags").Add($"network '{network.Spec.Name}' is {network.Spec.Type.ToString().ToLowerInvariant()} and has no endpoints on other hosts; use one of type Overlay", HcnErrorCode.InvalidRemoteEndpointOperation);
            return null;
        }
        if (isRemote && !isGiven)
            _findings.At("Policies").Add("an endpoint of another host has a provider address; give it by the policy ProviderAddress", HcnErrorCode.InvalidEndpoint);
        if (isGiven && !isRemote)
            _findings.At("Flags").Add("a provider address is another host's; set flag RemoteEndpoint (1), or leave the policy out", HcnErrorCode.InvalidEndpoint);
        return isRemote ? given : null;
    }

    // Mappings and rules were read apart.
    private void RefuseLocalParts(EndpointSpec spec)
    {
        if (spec.Publications is not [])
            _findings.At("Policies").Add("ports of another host's endpoint are published there; leave them out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.Rules is not [])
            _findings.At("Policies").Add("access rules of another host's endpoint are asked there; leave them out", HcnErrorCode.InvalidRemoteEndpointOperation);
    }

    private MacAddress? Mac()
    {
        if (document.MacAddress is null or "") return null;
        if (MacAddress.TryParse(document.MacAddress, out var mac)) return mac;
        _findings.At("MacAddress").Add($"'{document.MacAddress}' is not a MAC address; write six octets like 00-15-5D-01-02-03", HcnErrorCode.InvalidEndpoint);
        return null;
    }

    private (ImmutableArray<IPAddress> Addresses, ImmutableArray<IPNetwork> Parts) Addresses()
    {
        var addresses = ImmutableArray.CreateBuilder<IPAddress>();
        var parts = ImmutableArray.CreateBuilder<IPNetwork>();
        for (var i = 0; i < (document.IpConfigurations?.Count ?? 0); i++)
        {
            var configuration = document.IpConfigurations![i];
            var here = _findings.At("IpConfigurations", i);
            var part = Part(configuration, here);
            if (part is { } from && configuration.IpAddress is null or "")
            {
                if (parts.Any(other => network.Spec.Subnets.Any(subnet => subnet.Prefix.Covers(other) && subnet.Prefix.Covers(from))))
                    here.At("IpSubnetId").Add($"part {from} is the second one of its subnet; ask for one address of each subnet", HcnErrorCode.InvalidIpSubnet);
                if (configuration.PrefixLength is { } size and not 0) here.At("PrefixLength").AddIf(CheckLength(from.BaseAddress, size), HcnErrorCode.InvalidPrefix);
                _paths.Add($"$.Parts[{parts.Count}]", $"$.IpConfigurations[{i}].IpSubnetId");
                parts.Add(from);
                continue;
            }
            // Without an address and a length nothing is asked: the service picks one.
            if (configuration is { IpAddress: null or "", PrefixLength: null or 0 }) continue;
            if (!AddressText.TryParse(configuration.IpAddress, out var address, out var error))
            {
                here.At("IpAddress").Add(error, HcnErrorCode.InvalidIp);
                continue;
            }
            if (part is { } whole && !whole.Covers(address))
                here.At("IpSubnetId").Add($"address {address} is not in part {whole}, which the id names; leave one of both out", HcnErrorCode.InvalidIpSubnet);
            if (configuration.PrefixLength is { } length and not 0) here.At("PrefixLength").AddIf(CheckLength(address, length), HcnErrorCode.InvalidPrefix);
            _paths.Add($"$.Addresses[{addresses.Count}]", $"$.IpConfigurations[{i}].IpAddress");
            addresses.Add(address);
        }
        return (addresses.ToImmutable(), parts.ToImmutable());
    }

    /// <summary>The part of a subnet a configuration names; null when it names none, or there is a finding.</summary>
    private IPNetwork? Part(IpConfig configuration, FindingCollector here)
    {
        if (configuration.IpSubnetId is not { } id || id == Guid.Empty) return null;
        foreach (var subnet in network.Spec.Subnets)
            if (subnet.Parts.FirstOrDefault(part => SubnetIdentity.Of(network.Spec.Id, subnet.Prefix, part) == id) is { } found) return found.Prefix;
        here.At("IpSubnetId").Add($"network '{network.Spec.Name}' has no part of a subnet with id {id:D}; give one that the network shows, or leave it out", HcnErrorCode.InvalidIpSubnet);
        return null;
    }

    private string? CheckLength(IPAddress address, int length)
    {
        var subnet = network.Spec.Subnets.FirstOrDefault(subnet => subnet.Prefix.Covers(address));
        return subnet is null || subnet.Prefix.PrefixLength == length
            ? null
            : $"prefix length {length} is not the one of subnet {subnet.Prefix}; use {subnet.Prefix.PrefixLength} or leave it out";
    }

    // The default route to the network's gateway is what an endpoint has anyway where there is one.
    private ImmutableArray<EndpointRoute> Routes()
    {
        var routes = ImmutableArray.CreateBuilder<EndpointRoute>();
        for (var i = 0; i < (document.Routes?.Count ?? 0); i++)
        {
            var route = document.Routes![i];
            var here = _findings.At("Routes", i);
            if (!AddressText.TryParse(route.NextHop, out var hop, out var error)) here.At("NextHop").Add(error, HcnErrorCode.InvalidIp);
            else here.At("NextHop").AddIf(CheckNextHop(hop), HcnErrorCode.RequestUnsupported);
            if (Refusals.IsDefault(route))
            {
                Refusals.Metric(route, here);
                continue;
            }
            if (!PrefixText.TryParse(route.DestinationPrefix, out var destination, out var why)) here.At("DestinationPrefix").Add(why, HcnErrorCode.InvalidPrefix);
            else if (hop is not null && hop.AddressFamily != destination.Family) here.At("NextHop").Add($"next hop {hop} is not of the family of {destination}; give one that is", HcnErrorCode.InvalidIp);
            _paths.Add($"$.Routes[{routes.Count}]", $"$.Routes[{i}].DestinationPrefix");
            routes.Add(new EndpointRoute(destination, route.Metric is null or 0 ? null : route.Metric));
        }
        // What is wrong has been said of the document.
        return _findings.Findings.IsEmpty ? routes.ToImmutable() : [];
    }

    private string? CheckNextHop(IPAddress hop)
    {
        if (!network.Spec.Traits.HasDefaultRoute)
            return $"a default route is not honoured in network '{network.Spec.Name}', which has no way out; leave the route out";
        var gateways = network.Spec.Subnets.Select(subnet => subnet.Gateway).OfType<IPAddress>().ToList();
        return gateways.Contains(hop)
            ? null
            : $"next hop {hop} is no gateway of network '{network.Spec.Name}'; use {string.Join(" or ", gateways)}, or the policy SDNRoute";
    }
}
