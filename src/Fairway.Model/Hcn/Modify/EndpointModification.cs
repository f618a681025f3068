using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Policies;
using Fairway.Model.Ports;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of an endpoint this release can make: of its port mappings, access rules, and settings that are policies.</summary>
/// <param name="RequestType">Add, Remove, Update, Refresh or Reset; Update replaces them all, Reset takes them all away, Refresh changes nothing and has the host brought to what the endpoint is.</param>
/// <param name="Publications">The port mappings given.</param>
/// <param name="Rules">The access rules given.</param>
/// <param name="Settings">OutBoundNAT, SDNRoute, QOS, InterfaceParameters, PortName, L4WFPPROXY and L4Proxy.</param>
public sealed record EndpointModification(ModifyRequestType RequestType, ImmutableArray<PortPublication> Publications, ImmutableArray<AclRule> Rules, EndpointSettings Settings)
{
    /// <summary>The virtual machine it is about (Add: its NIC, Remove: no longer), in place of policies; null for those.</summary>
    public VmEndpointRequest? Machine { get; private init; }

    /// <summary>Reads a ModifyEndpointSettingRequest.</summary>
    /// <exception cref="FairwayException">InvalidArgument or Unsupported, with every finding.</exception>
    public static EndpointModification Read(ReadOnlySpan<byte> json)
    {
        var request = HcnJson.Read<ModifyEndpointSettingRequest>(json);
        var findings = new FindingCollector();
        if (request.ResourceType == EndpointResourceType.Port)
            return OfMachine(request, findings);
        if (request.ResourceType != EndpointResourceType.Policy)
            findings.At("ResourceType").Add($"resource type {request.ResourceType?.ToString() ?? "(missing)"} cannot be changed in this release; endpoints have Policy and Port", HcnErrorCode.RequestUnsupported);
        if (request.RequestType is null)
            findings.At("RequestType").Add("request type (missing) is not one of an endpoint's policies; use Add, Remove, Update, Refresh or Reset", HcnErrorCode.RequestUnsupported);
        var settings = findings.At("Settings");
        var reset = request.RequestType is ModifyRequestType.Reset or ModifyRequestType.Refresh;
        var policies = request.ResourceType == EndpointResourceType.Policy && !(reset && request.Settings is null) ? HcnJson.ReadElement<PolicyEndpointRequest>(request.Settings, settings) : null;
        var given = EndpointPolicies.Read(policies?.Policies ?? [], new PathMap(), settings);
        if (reset && policies?.Policies is { Count: > 0 })
            settings.At("Policies").Add($"{request.RequestType} {(request.RequestType == ModifyRequestType.Reset ? "takes all policies away" : "applies all policies again")}; leave the settings out", HcnErrorCode.RequestUnsupported);
        if (given.ProviderAddress is not null || given.EncapOverhead is not null)
            settings.At("Policies").Add("ProviderAddress and EncapOverhead cannot be changed; delete the endpoint and create it anew", HcnErrorCode.RequestUnsupported);
        FairwayException.ThrowIfAny("modify endpoint", "endpoint", findings.Findings);
        return new EndpointModification(request.RequestType!.Value, given.Publications, given.Rules,
            new EndpointSettings(request.RequestType.Value, given.OutboundNat, given.Routes, given.Sidecar, given.Proxy, given.OutgoingRate, given.Mtu, given.PortName));
    }

    private static EndpointModification OfMachine(ModifyEndpointSettingRequest request, FindingCollector findings)
    {
        if (request.RequestType is not (ModifyRequestType.Add or ModifyRequestType.Remove))
            findings.At("RequestType").Add($"request type {request.RequestType?.ToString() ?? "(missing)"} is not one of an endpoint's port; use Add or Remove", HcnErrorCode.RequestUnsupported);
        var settings = findings.At("Settings");
        var machine = (request.Settings is null ? null : HcnJson.ReadElement<VmEndpointRequest>(request.Settings, settings)) ?? new VmEndpointRequest();
        if (machine.PortId is { } port && port != Guid.Empty)
            settings.At("PortId").Add("ports have no ids of their own here: the tap is the port; leave the member out", HcnErrorCode.RequestUnsupported);
        FairwayException.ThrowIfAny("modify endpoint", "endpoint", findings.Findings);
        return new EndpointModification(request.RequestType!.Value, [], [], new EndpointSettings(ModifyRequestType.Add, [], [], null, null, null, null, null)) { Machine = machine };
    }

    /// <summary>True when access rules may change.</summary>
    public bool IsAboutRules => RequestType is ModifyRequestType.Update or ModifyRequestType.Reset || !Rules.IsEmpty;

    /// <summary>What changes of the access rules.</summary>
    /// <param name="present">The endpoint's rules as they are.</param>
    public PolicyChange For(PolicySet present) => RequestType switch
    {
        ModifyRequestType.Add => PolicyChange.Add(Rules),
        ModifyRequestType.Remove => PolicyRequest.Remove(present, Rules),
        _ => PolicyRequest.Replace(present, Rules),
    };

    /// <summary>What has to be withdrawn from an endpoint and published anew for the change; what stays is in neither.</summary>
    /// <param name="endpoint">The endpoint as it is.</param>
    public (ImmutableArray<PortPublication> Withdraw, ImmutableArray<PortPublication> Publish) For(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var present = endpoint.Spec.Publications;
        return RequestType switch
        {
            ModifyRequestType.Add => ([], Publications),
            ModifyRequestType.Remove => (Publications, []),
            ModifyRequestType.Refresh => ([], []),
            _ => ([.. present.Where(old => !Publications.Any(wanted => wanted.IsSame(old)))],
                [.. Publications.Where(wanted => !present.Any(old => wanted.IsSame(old)))]),
        };
    }
}
