using System.Collections.Immutable;
using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Policies;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of a network this release can make: of its access rules and address sets, of what other hosts have of it, of translation, name service settings and subnets.</summary>
public sealed record NetworkModification
{
    private readonly INetworkChange _change;

    private NetworkModification(ModifyRequestType request, NetworkPolicies policies, INetworkChange change, bool isAboutRules, bool isAboutSettings)
    {
        (RequestType, Rules, Sets, _change) = (request, policies.Rules, policies.Sets, change);
        (IsAboutRules, IsAboutSettings) = (isAboutRules, isAboutSettings);
    }

    /// <summary>
    /// Add, Remove, Update, Refresh or Reset. Update gives sets new contents and, when rules or translations are given, replaces all of these by
    /// them; Reset takes rules, sets and translations away; Refresh changes nothing, and has the host brought to what the network is.
    /// </summary>
    public ModifyRequestType RequestType { get; }
    /// <summary>The rules given.</summary>
    public ImmutableArray<AclRule> Rules { get; }
    /// <summary>The sets given.</summary>
    public ImmutableArray<AddressSet> Sets { get; }
    /// <summary>True when access rules or address sets may change.</summary>
    public bool IsAboutRules { get; }
    /// <summary>True when the network's spec may change.</summary>
    public bool IsAboutSettings { get; }

    /// <summary>Reads a ModifyNetworkSettingRequest.</summary>
    /// <exception cref="FairwayException">InvalidArgument or Unsupported, with every finding.</exception>
    public static NetworkModification Read(ReadOnlySpan<byte> json)
    {
        var request = HcnJson.Read<ModifyNetworkSettingRequest>(json);
        var findings = new FindingCollector();
        var read = request.ResourceType switch
        {
            NetworkResourceType.Subnet => ReadSubnets(request, findings),
            NetworkResourceType.IPSubnet => ReadParts(request, findings),
            NetworkResourceType.DNS => ReadDns(request, findings),
            _ => ReadPolicies(request, findings),
        };
        FairwayException.ThrowIfAny("modify network", "network", findings.Findings);
        return read;
    }

    private static NetworkModification ReadPolicies(ModifyNetworkSettingRequest request, FindingCollector findings)
    {
        if (request.ResourceType != NetworkResourceType.Policy)
        {
            findings.At("ResourceType").Add($"resource type {request.ResourceType?.ToString() ?? "(missing)"} of a network cannot be changed in this release; "
                + "networks have Policy, DNS, Subnet and IPSubnet; for the rest delete the network and create it anew", HcnErrorCode.RequestUnsupported);
        }
        if (request.RequestType is null)
            findings.At("RequestType").Add("request type (missing) is not one of a network's policies; use Add, Remove, Update, Refresh or Reset", HcnErrorCode.RequestUnsupported);
        var settings = findings.At("Settings");
        var type = request.RequestType ?? ModifyRequestType.Add;
        var isWhole = type is ModifyRequestType.Reset or ModifyRequestType.Refresh;
        var given = request.ResourceType == NetworkResourceType.Policy && !(isWhole && request.Settings is null) ? HcnJson.ReadElement<PolicyNetworkRequest>(request.Settings, settings) : null;
        var policies = NetworkPolicies.Read(given?.Policies ?? [], isOverlay: true, new PathMap(), settings);
        for (var i = 0; i < (given?.Policies?.Count ?? 0); i++)
        {
            if (given!.Policies![i].Type is Policies.NetworkPolicyType.AutomaticDNS or Policies.NetworkPolicyType.NetAdapterName or Policies.NetworkPolicyType.InterfaceConstraint)
                settings.At("Policies", i).Add($"{given.Policies[i].Type} cannot be changed; leave it out", HcnErrorCode.RequestUnsupported);
        }
        var overlay = OverlayModification.Read(request.RequestType, given?.Policies ?? [], settings);
        if (isWhole && given?.Policies is { Count: > 0 })
            settings.At("Policies").Add($"{type} {(type == ModifyRequestType.Reset ? "takes all policies away" : "applies all policies again")}; leave the settings out", HcnErrorCode.RequestUnsupported);
        var isAboutSettings = !overlay.IsEmpty || policies.OutboundNat is not [] || type == ModifyRequestType.Reset;
        return new NetworkModification(type, policies, new NetworkPolicyModification(type, given?.Policies ?? [], overlay, policies.OutboundNat),
            isAboutRules: type == ModifyRequestType.Reset || type != ModifyRequestType.Refresh && (!isAboutSettings || policies is not { Rules: [], Sets: [] }), isAboutSettings);
    }

    private static NetworkModification ReadSubnets(ModifyNetworkSettingRequest request, FindingCollector findings)
    {
        var type = ChangeType(request, "subnets", findings);
        var settings = findings.At("Settings");
        var given = HcnJson.ReadElement<SubnetNetworkRequest>(request.Settings, settings);
        if (given is { Subnets: null or { Count: 0 } })
            settings.At("Subnets").Add("the request names no subnet; give at least one", HcnErrorCode.InvalidSubnet);
        return Of(type, new SubnetModification(type, given?.Subnets ?? []));
    }

    private static NetworkModification ReadParts(ModifyNetworkSettingRequest request, FindingCollector findings)
    {
        var type = ChangeType(request, "parts of a subnet", findings);
        var settings = findings.At("Settings");
        var given = HcnJson.ReadElement<IPSubnetNetworkRequest>(request.Settings, settings);
        if (given is { IpSubnets: null or { Count: 0 } } && type != ModifyRequestType.Update)
            settings.At("IpSubnets").Add("the request names no part of the subnet; give at least one", HcnErrorCode.InvalidIpSubnet);
        return Of(type, new SubnetPartModification(type, given?.SubnetId, given?.IpSubnets ?? []));
    }

    private static ModifyRequestType ChangeType(ModifyNetworkSettingRequest request, string what, FindingCollector findings)
    {
        if (request.RequestType is ModifyRequestType.Add or ModifyRequestType.Remove or ModifyRequestType.Update) return request.RequestType.Value;
        findings.At("RequestType").Add($"request type {request.RequestType?.ToString() ?? "(missing)"} is not one of {what}; use Add, Remove or Update", HcnErrorCode.RequestUnsupported);
        return ModifyRequestType.Add;
    }

    private static NetworkModification ReadDns(ModifyNetworkSettingRequest request, FindingCollector findings)
    {
        if (request.RequestType is not (ModifyRequestType.Update or ModifyRequestType.Reset))
            findings.At("RequestType").Add($"request type {request.RequestType?.ToString() ?? "(missing)"} is not one of name service settings; use Update or Reset", HcnErrorCode.RequestUnsupported);
        if (request.RequestType != ModifyRequestType.Reset)
            return Of(ModifyRequestType.Update, new DnsModification(HcnJson.ReadElement<HcnDns>(request.Settings, findings.At("Settings"))));
        if (request.Settings is { ValueKind: not JsonValueKind.Null })
            findings.At("Settings").Add("Reset takes all settings away; leave them out, or use Update", HcnErrorCode.RequestUnsupported);
        return Of(ModifyRequestType.Update, new DnsModification(null));
    }

    private static NetworkModification Of(ModifyRequestType type, INetworkChange change) =>
        new(type, new NetworkPolicies([], [], []), change, isAboutRules: false, isAboutSettings: true);

    /// <summary>The network's spec with the change made.</summary>
    /// <exception cref="FairwayException">The change does not fit the network.</exception>
    public NetworkSpec For(NetworkSpec present) => _change.For(present);

    /// <summary>What making the change answered, as an answer to the request: its findings name the request's members. After <see cref="For(NetworkSpec)"/>.</summary>
    public FairwayException Explain(FairwayException problem) => _change.Explain(problem);

    /// <summary>What changes of the rules and sets.</summary>
    /// <param name="present">The network's as they are.</param>
    /// <exception cref="FairwayException">NotFound or AlreadyExists: a rule or a set is not there, or is there already.</exception>
    public PolicyChange For(PolicySet present)
    {
        ArgumentNullException.ThrowIfNull(present);
        var sets = present.Sets.ById;
        switch (RequestType)
        {
            case ModifyRequestType.Add:
                if (Sets.FirstOrDefault(set => sets.ContainsKey(set.Id)) is { } twin)
                    throw Wrong(ErrorKind.AlreadyExists, twin, "exists already; use Update to change it", HcnErrorCode.PolicyAlreadyExists);
                return PolicyChange.Add(Rules) with { AddedSets = Sets };
            case ModifyRequestType.Remove:
                if (Sets.FirstOrDefault(set => !sets.ContainsKey(set.Id)) is { } missing)
                    throw Wrong(ErrorKind.NotFound, missing, "does not exist", HcnErrorCode.PolicyNotFound);
                return PolicyRequest.Remove(present, Rules) with { RemovedSets = [.. Sets.Select(set => set.Id)] };
            case ModifyRequestType.Update:
                var changed = Sets.Where(set => !(sets.TryGetValue(set.Id, out var old) && set.IsSame(old))).ToImmutableArray();
                return (Rules.IsEmpty ? PolicyChange.Add() : PolicyRequest.Replace(present, Rules)) with { AddedSets = changed };
            default:
                return PolicyChange.Remove([.. present.Rules.Values]) with { RemovedSets = [.. sets.Keys] };
        }
    }

    private static FairwayException Wrong(ErrorKind kind, AddressSet set, string why, uint code) =>
        new(kind, $"address set '{set.Id}'", $"modify network: address set '{set.Id}' {why}", code);
}
