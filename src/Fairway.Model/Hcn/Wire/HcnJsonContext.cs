using System.Text.Json;
using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.LoadBalancers;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Notifications;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Query;
using Fairway.Model.Hcn.Routes;
using Fairway.Model.Hcn.V1;

namespace Fairway.Model.Hcn.Wire;

/// <summary>The generated contracts of the documents of the HCN schema. Reached through <see cref="HcnJson"/>.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    PropertyNameCaseInsensitive = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(GuidConverter)])]
[JsonSerializable(typeof(AclPolicySetting))]
[JsonSerializable(typeof(AuthenticationMethod))]
[JsonSerializable(typeof(AutomaticDNSNetworkPolicySetting))]
[JsonSerializable(typeof(DrMacAddressNetworkPolicySetting))]
[JsonSerializable(typeof(EncapOverheadEndpointPolicySetting))]
[JsonSerializable(typeof(EncryptionPolicySetting))]
[JsonSerializable(typeof(EndpointAdditionalParams))]
[JsonSerializable(typeof(EndpointPolicy))]
[JsonSerializable(typeof(Extension))]
[JsonSerializable(typeof(FirewallPolicySetting))]
[JsonSerializable(typeof(FiveTuple))]
[JsonSerializable(typeof(HcnDns))]
[JsonSerializable(typeof(HcnFilter))]
[JsonSerializable(typeof(HcnHealth))]
[JsonSerializable(typeof(HcnNotification))]
[JsonSerializable(typeof(HcnRoute))]
[JsonSerializable(typeof(HcnSubnet))]
[JsonSerializable(typeof(HcnTelemetry))]
[JsonSerializable(typeof(HealthData))]
[JsonSerializable(typeof(HnsEndpoint))]
[JsonSerializable(typeof(HnsNamespace))]
[JsonSerializable(typeof(HnsNetwork))]
[JsonSerializable(typeof(HnsSubnet))]
[JsonSerializable(typeof(HostComputeEndpoint))]
[JsonSerializable(typeof(IReadOnlyList<HostComputeEndpoint>))]
[JsonSerializable(typeof(HostComputeLoadBalancer))]
[JsonSerializable(typeof(IReadOnlyList<HostComputeLoadBalancer>))]
[JsonSerializable(typeof(HostComputeNamespace))]
[JsonSerializable(typeof(IReadOnlyList<HostComputeNamespace>))]
[JsonSerializable(typeof(HostComputeNetwork))]
[JsonSerializable(typeof(IReadOnlyList<HostComputeNetwork>))]
[JsonSerializable(typeof(HostComputeQuery))]
[JsonSerializable(typeof(HostComputeRoute))]
[JsonSerializable(typeof(IReadOnlyList<HostComputeRoute>))]
[JsonSerializable(typeof(IPSubnetNetworkRequest))]
[JsonSerializable(typeof(InterfaceConstraintPolicySetting))]
[JsonSerializable(typeof(InterfaceParametersPolicySetting))]
[JsonSerializable(typeof(IovPolicySetting))]
[JsonSerializable(typeof(IpConfig))]
[JsonSerializable(typeof(IpSubnet))]
[JsonSerializable(typeof(Ipam))]
[JsonSerializable(typeof(L4ProxyPolicySetting))]
[JsonSerializable(typeof(L4WfpProxyPolicySetting))]
[JsonSerializable(typeof(LayerConstraintNetworkPolicySetting))]
[JsonSerializable(typeof(LoadBalancerPortMapping))]
[JsonSerializable(typeof(MacPool))]
[JsonSerializable(typeof(MacRange))]
[JsonSerializable(typeof(ModifyEndpointSettingRequest))]
[JsonSerializable(typeof(ModifyNamespaceSettingRequest))]
[JsonSerializable(typeof(ModifyNamespaceSettingResponse))]
[JsonSerializable(typeof(ModifyNetworkSettingRequest))]
[JsonSerializable(typeof(ModifySettingResponse))]
[JsonSerializable(typeof(NamespaceAdditionalParams))]
[JsonSerializable(typeof(NamespaceContainerRequest))]
[JsonSerializable(typeof(NamespaceEndpointRequest))]
[JsonSerializable(typeof(NamespaceResource))]
[JsonSerializable(typeof(NamespaceResourceData))]
[JsonSerializable(typeof(NetAdapterNameNetworkPolicySetting))]
[JsonSerializable(typeof(NetworkAdditionalParams))]
[JsonSerializable(typeof(NetworkPolicy))]
[JsonSerializable(typeof(NotificationBase))]
[JsonSerializable(typeof(OutboundNatPolicySetting))]
[JsonSerializable(typeof(PolicyEndpointRequest))]
[JsonSerializable(typeof(PolicyNetworkRequest))]
[JsonSerializable(typeof(PortMappingPolicySetting))]
[JsonSerializable(typeof(PortnameEndpointPolicySetting))]
[JsonSerializable(typeof(PrioritizedAuthenticationMethod))]
[JsonSerializable(typeof(ProviderAddressPolicySetting))]
[JsonSerializable(typeof(ProxyExceptions))]
[JsonSerializable(typeof(QosPolicySetting))]
[JsonSerializable(typeof(RemoteSubnetRoutePolicySetting))]
[JsonSerializable(typeof(SDNRoutePolicySetting))]
[JsonSerializable(typeof(SchemaVersion))]
[JsonSerializable(typeof(SetPolicySetting))]
[JsonSerializable(typeof(SourceMacAddressNetworkPolicySetting))]
[JsonSerializable(typeof(SubnetNetworkRequest))]
[JsonSerializable(typeof(SubnetPolicy))]
[JsonSerializable(typeof(TierAclPolicySetting))]
[JsonSerializable(typeof(TierAclRule))]
[JsonSerializable(typeof(VSwitchExtensionNetworkPolicySetting))]
[JsonSerializable(typeof(VlanPolicySetting))]
[JsonSerializable(typeof(VmEndpointRequest))]
[JsonSerializable(typeof(VsidPolicySetting))]
[JsonSerializable(typeof(VxlanPortPolicySetting))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class HcnJsonContext : JsonSerializerContext;
