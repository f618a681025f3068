using System.Text.Json;
using Fairway.Model.Hcn.Policies;

namespace Fairway.Model.Hcn.V1;

/// <summary>Policies of schema 2 as schema 1 has them. What schema 1 does not know keeps its name, with the settings beside it.</summary>
internal static class FlatPolicyWriter
{
    public static readonly (string One, string Two)[] OutboundNat = [("VIP", "VirtualIP"), ("ExceptionList", "Exceptions")];
    public static readonly (string One, string Two)[] ProviderAddress = [("PA", "ProviderAddress")];

    /// <summary>EncapOverhead is a member of the endpoint in schema 1.</summary>
    public static JsonElement[]? OfEndpoint(IReadOnlyList<EndpointPolicy>? policies) =>
        NullWhenNone((policies ?? []).Where(policy => policy.Type is not (null or EndpointPolicyType.EncapOverhead)).Select(Endpoint));

    /// <summary>Some are members of the network in schema 1.</summary>
    public static JsonElement[]? OfNetwork(IReadOnlyList<NetworkPolicy>? policies) => NullWhenNone((policies ?? [])
        .Where(policy => policy.Type is not (null or NetworkPolicyType.NetAdapterName or NetworkPolicyType.SourceMacAddress or NetworkPolicyType.AutomaticDNS))
        .Select(policy => FlatPolicy.Write($"{policy.Type}", policy.Settings)));

    public static JsonElement[]? OfSubnet(IReadOnlyList<SubnetPolicy>? policies) => NullWhenNone((policies ?? [])
        .Where(policy => policy.Type is not null)
        .Select(policy => FlatPolicy.Write($"{policy.Type}", policy.Settings, ($"{policy.Type}", "IsolationId"))));

    private static JsonElement Endpoint(EndpointPolicy policy) => policy.Type switch
    {
        EndpointPolicyType.PortMapping when policy.Settings is { } settings => FlatNat.Write(settings),
        EndpointPolicyType.ProviderAddress => FlatPolicy.Write("PA", policy.Settings, ProviderAddress),
        EndpointPolicyType.OutBoundNAT => FlatPolicy.Write("OutBoundNAT", policy.Settings, OutboundNat),
        EndpointPolicyType.SDNRoute => FlatPolicy.Write("ROUTE", policy.Settings),
        EndpointPolicyType.L4Proxy => FlatPolicy.Write("PROXY", policy.Settings),
        _ => FlatPolicy.Write($"{policy.Type}", policy.Settings),
    };

    private static JsonElement[]? NullWhenNone(IEnumerable<JsonElement> flat) => flat.ToArray() is { Length: > 0 } policies ? policies : null;
}
