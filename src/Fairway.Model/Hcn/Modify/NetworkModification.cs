using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Policies;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of a network this release can make: of its access rules and address sets, and of what other hosts have of it.</summary>
/// <param name="RequestType">
/// Add, Remove, Update or Reset. Update gives sets new contents and, when rules are given, replaces all rules by them; Reset takes rules and
/// sets away.
/// </param>
/// <param name="Rules">The rules given.</param>
/// <param name="Sets">The sets given.</param>
/// <param name="Overlay">Remote subnets and the host route given.</param>
public sealed record NetworkModification(ModifyRequestType RequestType, ImmutableArray<AclRule> Rules, ImmutableArray<AddressSet> Sets, OverlayModification Overlay)
{
    /// <summary>Reads a ModifyNetworkSettingRequest.</summary>
    /// <exception cref="FairwayException">InvalidArgument or Unsupported, with every finding.</exception>
    public static NetworkModification Read(ReadOnlySpan<byte> json)
    {
        var request = HcnJson.Read<ModifyNetworkSettingRequest>(json);
        var findings = new FindingCollector();
        if (request.ResourceType != NetworkResourceType.Policy)
        {
            findings.At("ResourceType").Add($"resource type {request.ResourceType?.ToString() ?? "(missing)"} of a network cannot be changed in this release; "
                + "networks have Policy; for the rest delete the network and create it anew", HcnErrorCode.RequestUnsupported);
        }
        if (request.RequestType is not (ModifyRequestType.Add or ModifyRequestType.Remove or ModifyRequestType.Update or ModifyRequestType.Reset))
            findings.At("RequestType").Add($"request type {request.RequestType?.ToString() ?? "(missing)"} is not one of a network's policies; use Add, Remove, Update or Reset", HcnErrorCode.RequestUnsupported);
        var settings = findings.At("Settings");
        var reset = request.RequestType == ModifyRequestType.Reset;
        var given = request.ResourceType == NetworkResourceType.Policy && !(reset && request.Settings is null) ? HcnJson.ReadElement<PolicyNetworkRequest>(request.Settings, settings) : null;
        var policies = NetworkPolicies.Read(given?.Policies ?? [], isOverlay: true, settings);
        for (var i = 0; i < (given?.Policies?.Count ?? 0); i++)
        {
            if (given!.Policies![i].Type == Policies.NetworkPolicyType.AutomaticDNS)
                settings.At("Policies", i).Add("AutomaticDNS cannot be changed; leave it out", HcnErrorCode.RequestUnsupported);
        }
        var overlay = OverlayModification.Read(request.RequestType, given?.Policies ?? [], settings);
        if (reset && given?.Policies is { Count: > 0 })
            settings.At("Policies").Add("Reset takes all policies away; leave the settings out, or use Remove", HcnErrorCode.RequestUnsupported);
        FairwayException.ThrowIfAny("modify network", "network", findings.Findings);
        return new NetworkModification(request.RequestType!.Value, policies.Rules, policies.Sets, overlay);
    }

    /// <summary>True when access rules or address sets may change.</summary>
    public bool IsAboutRules => RequestType == ModifyRequestType.Reset || Overlay.IsEmpty || !Rules.IsEmpty || !Sets.IsEmpty;

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
