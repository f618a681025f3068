using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Policies;
using Fairway.Model.Ports;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>A stored endpoint on its way to a HostComputeEndpoint: the document as received, completed by what was allocated.</summary>
internal static class EndpointWriter
{
    public static HostComputeEndpoint Write(Endpoint endpoint, Network network, PolicySet rules, SchemaVersion? asked)
    {
        var spec = endpoint.Spec;
        var received = spec.Document is { } json ? HcnJson.ReadStored<HostComputeEndpoint>(json) : new HostComputeEndpoint();
        return received with
        {
            Id = spec.Id,
            Name = spec.Name,
            HostComputeNetwork = spec.NetworkId,
            HostComputeNamespace = spec.NamespaceId,
            Policies = [.. Policies(spec.Publications, received.Policies ?? []), .. Travelling(spec, received.Policies ?? []), .. Leaving(spec, received.Policies ?? []), .. InterfacePolicies.Write(spec, received.Policies ?? []), .. AclPolicies.OfEndpoint(rules)],
            IpConfigurations = [.. endpoint.Addresses.Select(address => Configuration(address, network.Spec, received.IpConfigurations ?? []))],
            Dns = DnsTranslation.ToDocument(spec.Dns, received.Dns),
            Routes = Routes(endpoint, network, received.Routes ?? []),
            MacAddress = endpoint.MacAddress.ToHcnString(),
            Flags = (received.Flags ?? EndpointFlags.None) | (spec.ProviderAddress is null ? EndpointFlags.None : EndpointFlags.RemoteEndpoint)
                | (spec.Apart ? EndpointFlags.DisableInterComputeCommunication : EndpointFlags.None),
            AdditionalParams = AdditionalParams.With(received.AdditionalParams, new EndpointAdditionalParams
            {
                VirtualNic = VirtualNic(spec, received),
                InterfaceName = spec.InterfaceName,
                Aliases = spec.Aliases is [] ? null : spec.Aliases,
            }),
            Health = endpoint.State == EndpointState.Degraded ? HealthTranslation.Degraded(received.Health, endpoint.Message) : HealthTranslation.Healthy(received.Health),
            State = (ushort)endpoint.State,
            SchemaVersion = SchemaVersions.Answer(asked, received.SchemaVersion),
        };
    }

    /// <summary>It never changes: what was sent stays as it is.</summary>
    private static HcnVirtualNic? VirtualNic(EndpointSpec spec, HostComputeEndpoint received)
    {
        if (spec.VirtualNic is not { } nic || (received.AdditionalParams is { } sent && HcnJson.FromElement<EndpointAdditionalParams>(sent).VirtualNic is not null))
            return null;
        return new HcnVirtualNic { User = nic.User, Group = nic.Group, MultiQueue = nic.MultiQueue ? true : null };
    }

    /// <summary>ProviderAddress and EncapOverhead, as they were sent where they were.</summary>
    private static IEnumerable<EndpointPolicy> Travelling(EndpointSpec spec, IReadOnlyList<EndpointPolicy> received)
    {
        EndpointPolicy? Sent(EndpointPolicyType type) => received.FirstOrDefault(policy => policy.Type == type);
        if (spec.ProviderAddress is { } provider)
            yield return Sent(EndpointPolicyType.ProviderAddress) ?? new EndpointPolicy
            {
                Type = EndpointPolicyType.ProviderAddress,
                Settings = HcnJson.ToElement(new ProviderAddressPolicySetting { ProviderAddress = provider.ToString() }),
            };
        if (spec.EncapOverhead is { } overhead)
            yield return Sent(EndpointPolicyType.EncapOverhead) ?? new EndpointPolicy
            {
                Type = EndpointPolicyType.EncapOverhead,
                Settings = HcnJson.ToElement(new EncapOverheadEndpointPolicySetting { Overhead = (ushort)overhead }),
            };
    }

    /// <summary>OutBoundNAT, SDNRoute, QOS, L4WFPPROXY and L4Proxy, as they were sent where they are still the same.</summary>
    private static IEnumerable<EndpointPolicy> Leaving(EndpointSpec spec, IReadOnlyList<EndpointPolicy> received)
    {
        var nowhere = new FindingCollector();
        IEnumerable<EndpointPolicy> Sent(EndpointPolicyType type) => received.Where(policy => policy.Type == type);
        foreach (var setting in spec.OutboundNat)
            yield return Sent(EndpointPolicyType.OutBoundNAT).FirstOrDefault(policy => setting.Equals(OutboundNatPolicies.Read(policy.Settings, nowhere))) ?? OutboundNatPolicies.Write(setting);
        foreach (var route in spec.SwitchRoutes)
            yield return Sent(EndpointPolicyType.SDNRoute).FirstOrDefault(policy => route.Equals(SwitchRoutePolicies.Read(policy.Settings, nowhere)))
                ?? new EndpointPolicy { Type = EndpointPolicyType.SDNRoute, Settings = HcnJson.ToElement(SwitchRoutePolicies.Write(route)) };
        if (spec.Bandwidth?.OutgoingRate is { } rate)
            yield return Sent(EndpointPolicyType.QOS).FirstOrDefault(policy => QosPolicies.Read(policy.Settings, nowhere) == rate) ?? QosPolicies.Write(rate);
        if (spec.Sidecar is { } sidecar)
            yield return Sent(EndpointPolicyType.L4WFPPROXY).FirstOrDefault(policy => sidecar.Equals(SidecarPolicies.Read(policy.Settings, nowhere))) ?? SidecarPolicies.Write(sidecar);
        if (spec.Proxy is { } proxy)
            yield return Sent(EndpointPolicyType.L4Proxy).FirstOrDefault(policy => proxy.Equals(ConnectionProxyPolicies.Read(policy.Settings, nowhere))) ?? ConnectionProxyPolicies.Write(proxy);
    }

    // A mapping the client sent keeps the members we do not know.
    private static List<EndpointPolicy> Policies(ImmutableArray<PortPublication> publications, IReadOnlyList<EndpointPolicy> received)
    {
        var sent = received.Where(policy => policy is { Type: EndpointPolicyType.PortMapping, Settings: not null })
            .Select(policy => (Policy: policy, Settings: HcnJson.FromElement<PortMappingPolicySetting>(policy.Settings!.Value)))
            .ToList();
        var policies = new List<EndpointPolicy>();
        foreach (var mapping in publications.SelectMany(PortMappings.FromPublication))
        {
            var index = sent.FindIndex(candidate => PortMappings.IsSame(candidate.Settings, mapping));
            var (policy, settings) = index < 0 ? (new EndpointPolicy { Type = EndpointPolicyType.PortMapping }, mapping) : sent[index];
            if (index >= 0) sent.RemoveAt(index);
            var flags = mapping.Flags | settings.Flags & (NatFlags.ExternalPortReserved | NatFlags.LocalRoutedVip) ?? mapping.Flags;
            policies.Add(policy with { Settings = HcnJson.ToElement(mapping with { Flags = flags, Unknown = settings.Unknown }) });
        }
        return policies;
    }

    private static IpConfig Configuration(EndpointAddress address, NetworkSpec network, IReadOnlyList<IpConfig> received)
    {
        var text = address.Address.ToString();
        var sent = received.FirstOrDefault(candidate => IPAddress.TryParse(candidate.IpAddress, out var parsed) && parsed.Equals(address.Address));
        var subnet = network.Subnets.FirstOrDefault(subnet => subnet.Prefix.Covers(address.Address));
        return (sent ?? new IpConfig()) with
        {
            IpAddress = text,
            PrefixLength = (byte)address.PrefixLength,
            IpSubnetId = subnet?.PartOf(address.Address) is { } part ? SubnetIdentity.Of(network.Id, subnet.Prefix, part) : sent?.IpSubnetId,
        };
    }

    private static IReadOnlyList<HcnRoute> Routes(Endpoint endpoint, Network network, IReadOnlyList<HcnRoute> received)
    {
        if (!network.Spec.Traits.HasDefaultRoute) return [];
        List<IPAddress> gateways = [.. from subnet in network.Spec.Subnets
                                       where subnet.Gateway is not null && endpoint.Addresses.Any(address => subnet.Prefix.Covers(address.Address))
                                       group subnet.Gateway by subnet.Prefix.Family into family
                                       select family.First()];
        var routes = gateways.Select(NetworkWriter.DefaultRoute).Concat(
            from route in endpoint.Spec.Routes
            from gateway in gateways.Where(gateway => gateway.AddressFamily == route.Destination.Family)
            select new HcnRoute { DestinationPrefix = route.Destination.ToString(), NextHop = gateway.ToString(), Metric = (ushort?)route.Metric });
        return [.. routes.Select(route => route with { Unknown = received.FirstOrDefault(sent => sent.DestinationPrefix == route.DestinationPrefix)?.Unknown })];
    }
}
