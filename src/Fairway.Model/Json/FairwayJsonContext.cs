using System.Net;
using System.Text.Json.Serialization;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Changes;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Explain;
using Fairway.Model.Flows;
using Fairway.Model.Health;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Policies;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Model.Routes;
using Fairway.Model.Statistics;

namespace Fairway.Model.Json;

/// <summary>The generated contracts of every document that is ours. Reached through <see cref="FairwayJson"/>.</summary>
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(IPAddressConverter), typeof(IPNetworkConverter), typeof(MacAddressConverter),
        typeof(EnumConverter<ChangeKind>), typeof(EnumConverter<DropReason>), typeof(EnumConverter<EndpointState>), typeof(EnumConverter<ErrorKind>),
        typeof(EnumConverter<ExplainEndKind>), typeof(EnumConverter<ExplainLayer>), typeof(EnumConverter<ExplainVerdict>),
        typeof(EnumConverter<FlowEventKind>), typeof(EnumConverter<HealthStatus>), typeof(EnumConverter<NetworkType>),
        typeof(EnumConverter<PolicyAction>), typeof(EnumConverter<PolicyDirection>), typeof(EnumConverter<PolicyKind>),
        typeof(EnumConverter<ResourceKind>), typeof(EnumConverter<SessionAffinity>), typeof(EnumConverter<TransportProtocol>),
    ])]
[JsonSerializable(typeof(AclRule))]
[JsonSerializable(typeof(AclRule[]))]
[JsonSerializable(typeof(IReadOnlyList<AclRule>))]
[JsonSerializable(typeof(AddressSet))]
[JsonSerializable(typeof(AddressSet[]))]
[JsonSerializable(typeof(IReadOnlyList<AddressSet>))]
[JsonSerializable(typeof(AttachEndpointRequest))]
[JsonSerializable(typeof(AttachRequest))]
[JsonSerializable(typeof(AttachResult))]
[JsonSerializable(typeof(Change))]
[JsonSerializable(typeof(CreateEndpointRequest))]
[JsonSerializable(typeof(CreateLoadBalancerRequest))]
[JsonSerializable(typeof(CreateRouteRequest))]
[JsonSerializable(typeof(DetachRequest))]
[JsonSerializable(typeof(DnsSettings))]
[JsonSerializable(typeof(Endpoint))]
[JsonSerializable(typeof(Endpoint[]))]
[JsonSerializable(typeof(IReadOnlyList<Endpoint>))]
[JsonSerializable(typeof(EndpointSpec))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(FlowEvent))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(IPAddress))]
[JsonSerializable(typeof(IPNetwork))]
[JsonSerializable(typeof(IPNetwork[]))]
[JsonSerializable(typeof(LoadBalancer))]
[JsonSerializable(typeof(LoadBalancer[]))]
[JsonSerializable(typeof(IReadOnlyList<LoadBalancer>))]
[JsonSerializable(typeof(LoadBalancerSpec))]
[JsonSerializable(typeof(MacAddress))]
[JsonSerializable(typeof(NamespaceSpec))]
[JsonSerializable(typeof(Network))]
[JsonSerializable(typeof(Network[]))]
[JsonSerializable(typeof(IReadOnlyList<Network>))]
[JsonSerializable(typeof(NetworkNamespace))]
[JsonSerializable(typeof(NetworkNamespace[]))]
[JsonSerializable(typeof(IReadOnlyList<NetworkNamespace>))]
[JsonSerializable(typeof(NetworkSpec))]
[JsonSerializable(typeof(Owner))]
[JsonSerializable(typeof(PortPublication))]
[JsonSerializable(typeof(PortPublication[]))]
[JsonSerializable(typeof(IReadOnlyList<PortPublication>))]
[JsonSerializable(typeof(PortStatistics))]
[JsonSerializable(typeof(PublishedPort))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(SubnetSpec))]
[JsonSerializable(typeof(Route))]
[JsonSerializable(typeof(Route[]))]
[JsonSerializable(typeof(IReadOnlyList<Route>))]
[JsonSerializable(typeof(RouteSpec))]
[JsonSerializable(typeof(PublishedPort[]))]
[JsonSerializable(typeof(IReadOnlyList<PublishedPort>))]
internal sealed partial class FairwayJsonContext : JsonSerializerContext;
