using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.V1;

/// <summary>Endpoints of schema 1 as endpoints of schema 2.</summary>
internal static class SchemaOneEndpoint
{
    public static HostComputeEndpoint Convert(HnsEndpoint endpoint, FindingCollector findings)
    {
        if (endpoint.EnableInternalDns is false)
            findings.At("EnableInternalDNS").Add("the network's resolver cannot be switched off; leave the member out", Errors.HcnErrorCode.RequestUnsupported);
        return new HostComputeEndpoint
        {
            Id = endpoint.Id,
            Name = endpoint.Name,
            HostComputeNetwork = endpoint.VirtualNetwork,
            HostComputeNamespace = endpoint.Namespace?.Id,
            Policies = Policies(endpoint, findings),
            IpConfigurations = Addresses(endpoint),
            Dns = SchemaOneDns.Convert(endpoint.DnsDomain, endpoint.DnsSuffix, endpoint.DnsServerList),
            Routes = Routes(endpoint),
            MacAddress = endpoint.MacAddress,
            Flags = Flags(endpoint),
            AdditionalParams = endpoint.AdditionalParams,
            Unknown = SchemaOneDns.WithoutVersion(endpoint.Unknown),
        };
    }

    private static List<EndpointPolicy>? Policies(HnsEndpoint endpoint, FindingCollector findings)
    {
        var policies = FlatPolicies.OfEndpoint(endpoint.Policies, findings);
        if (endpoint.EncapOverhead is { } overhead and not 0)
            policies.Add(new EndpointPolicy
            {
                Type = EndpointPolicyType.EncapOverhead,
                Settings = HcnJson.ToElement(new EncapOverheadEndpointPolicySetting { Overhead = overhead }),
            });
        return policies is [] ? null : policies;
    }

    private static List<IpConfig>? Addresses(HnsEndpoint endpoint)
    {
        var addresses = new List<IpConfig>();
        if (endpoint.IpAddress is { Length: > 0 }) addresses.Add(new IpConfig { IpAddress = endpoint.IpAddress, PrefixLength = endpoint.PrefixLength });
        if (endpoint.IPv6Address is { Length: > 0 }) addresses.Add(new IpConfig { IpAddress = endpoint.IPv6Address, PrefixLength = endpoint.IPv6PrefixLength });
        return addresses is [] ? null : addresses;
    }

    private static List<HcnRoute>? Routes(HnsEndpoint endpoint)
    {
        var routes = new List<HcnRoute>();
        if (endpoint.GatewayAddress is { Length: > 0 }) routes.Add(SchemaOneDns.DefaultRoute(endpoint.GatewayAddress));
        if (endpoint.GatewayAddressV6 is { Length: > 0 }) routes.Add(SchemaOneDns.DefaultRoute(endpoint.GatewayAddressV6));
        return routes is [] ? null : routes;
    }

    private static EndpointFlags? Flags(HnsEndpoint endpoint)
    {
        var flags = (endpoint.DisableIcc is true ? EndpointFlags.DisableInterComputeCommunication : EndpointFlags.None)
            | (endpoint.IsRemoteEndpoint is true ? EndpointFlags.RemoteEndpoint : EndpointFlags.None)
            | (endpoint.EnableLowMetric is true ? EndpointFlags.EnableLowInterfaceMetric : EndpointFlags.None);
        return flags == EndpointFlags.None ? null : flags;
    }
}
