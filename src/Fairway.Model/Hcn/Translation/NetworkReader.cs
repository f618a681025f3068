using System.Collections.Immutable;
using System.Text.Json;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>One HostComputeNetwork on its way to a spec: what it says, and everything in it that this release cannot do.</summary>
internal sealed class NetworkReader(HostComputeNetwork document)
{
    private readonly FindingCollector _findings = new();
    private readonly PathMap _paths = new();
    private int? _vlan;
    private bool _dhcp;

    public ImmutableArray<Finding> Findings => _findings.Findings;

    public NetworkSpec Read()
    {
        Refusals.SchemaVersion(document.SchemaVersion, _findings);
        SchemaOneMembers.RefuseInNetwork(document, _findings);
        var type = Type();
        Refusals.Flags(document.Flags, HonouredFlags(type), _findings.At("Flags"), FlagReason);
        var policies = Policies(type);
        var (uplink, uplinkIndex) = UplinkPolicies.Uplink(document, _paths, _findings);
        var spec = new NetworkSpec
        {
            Id = document.Id ?? Guid.Empty,
            Name = document.Name ?? "",
            Type = type,
            Subnets = Subnets(type),
            Overlay = NetworkTraits.Of(type).IsEncapsulated ? OverlayPolicies.Read(document.Policies ?? [], _paths, _findings) : null,
            Uplink = uplink,
            UplinkIndex = uplinkIndex,
            Vlan = _vlan,
            Dhcp = _dhcp,
            Mtu = Mtu(),
            MacPool = MacPool(),
            Dns = DnsTranslation.ToSettings(document.Dns, _paths),
            OutboundNat = policies.OutboundNat,
            Rules = policies.Rules,
            Sets = policies.Sets,
            // Rules and sets carry their own part of the document, and policies of overlays are written anew.
            Document = HcnJson.Write(document with { Policies = document.Policies?.Where(policy => policy.Type is NetworkPolicyType.AutomaticDNS or NetworkPolicyType.NetAdapterName or NetworkPolicyType.InterfaceConstraint or NetworkPolicyType.OutBoundNAT).ToList() }),
        };
        _paths.Add("$.Id", "$.ID");
        _paths.Report(NetworkSpecValidator.Validate(spec), _findings);
        return spec;
    }

    /// <summary>An answer about the spec, as one about the document; after <see cref="Read"/>.</summary>
    public FairwayException Explain(FairwayException problem) => _paths.Explain(problem);

    private NetworkType Type()
    {
        var mode = document.Type ?? NetworkMode.NAT;
        if (NetworkModes.ToType(mode) is { } type) return type;
        _findings.At("Type").Add($"networks of type {mode} do not exist in Fairway, {Instead(mode)}", HcnErrorCode.InvalidNetworkType);
        return NetworkType.Nat;
    }

    private static string Instead(NetworkMode mode) => mode switch
    {
        NetworkMode.ICS or NetworkMode.ConstrainedICS => "which shares no connection by the service Windows has for it; use NAT, whose networks have a way out and a resolver",
        NetworkMode.Mirrored => "which mirrors no interfaces into a virtual machine; use Transparent, whose endpoints are on the same LAN",
        NetworkMode.Infiniband => "whose switch forwards Ethernet; use Transparent with an Ethernet device",
        NetworkMode.Layered => "whose networks stand beside each other; use the type of the network below",
        _ => $"use {NetworkTraits.Offered}",
    };

    // Every network but a private one has a resolver, and every network is kept until it is deleted.
    private static NetworkFlags HonouredFlags(NetworkType type) =>
        NetworkFlags.EnablePersistent | (NetworkTraits.Of(type).HasGateway ? NetworkFlags.EnableDns : NetworkFlags.None);

    private static string? FlagReason(NetworkFlags flag) => flag switch
    {
        NetworkFlags.EnableNonPersistent => "is not honoured by this release, which keeps every network until it is deleted; leave it out",
        NetworkFlags.EnableDns => "is not honoured on networks of this type, which have no resolver; leave it out",
        NetworkFlags.DisableHostPort => "is not honoured by this release; use type Private for a network without the host",
        _ => null,
    };

    private NetworkPolicies Policies(NetworkType type)
    {
        var policies = NetworkPolicies.Read(document.Policies ?? [], NetworkTraits.Of(type).IsEncapsulated, _paths, _findings);
        for (var i = 0; i < (document.Policies?.Count ?? 0); i++)
        {
            var policy = document.Policies![i];
            var here = _findings.At("Policies", i);
            if (policy.Type == NetworkPolicyType.AutomaticDNS && HcnJson.ReadElement<AutomaticDNSNetworkPolicySetting>(policy.Settings, here.At("Settings")) is { } settings)
                here.At("Settings").At("Enable").AddIf(CheckAutomaticDns(settings.Enable ?? false, type), HcnErrorCode.InvalidPolicy);
        }
        return policies;
    }

    private static string? CheckAutomaticDns(bool enable, NetworkType type) => (enable, NetworkTraits.Of(type).HasGateway) switch
    {
        (true, false) => $"a network of type {type} has no resolver; leave the policy out or use type Internal",
        (false, true) => "the network's resolver cannot be switched off; leave the policy out",
        _ => null,
    };

    private int? Mtu()
    {
        _paths.Add("$.Mtu", "$.AdditionalParams.Mtu");
        if (document.AdditionalParams is not { ValueKind: not JsonValueKind.Null } given) return null;
        var here = _findings.At("AdditionalParams");
        var additional = HcnJson.ReadElement<NetworkAdditionalParams>(given, here);
        if (additional?.ICSFlags is { } flags and not 0)
            here.At("ICSFlags").Add($"ICS flags {flags} are not honoured by this release; leave them out", HcnErrorCode.RequestUnsupported);
        return additional?.Mtu;
    }

    private ImmutableArray<Addressing.MacRange> MacPool()
    {
        var pool = ImmutableArray.CreateBuilder<Addressing.MacRange>();
        for (var i = 0; i < (document.MacPool?.Ranges?.Count ?? 0); i++)
        {
            var range = document.MacPool!.Ranges![i];
            var here = _findings.At("MacPool").At("Ranges", i);
            var first = Mac(range.StartMacAddress, here.At("StartMacAddress"));
            var last = Mac(range.EndMacAddress, here.At("EndMacAddress"));
            if (first is null || last is null) continue;
            _paths.Add($"$.MacPool[{pool.Count}]", $"$.MacPool.Ranges[{i}]");
            pool.Add(new Addressing.MacRange(first.Value, last.Value));
        }
        return pool.ToImmutable();
    }

    private static MacAddress? Mac(string? text, FindingCollector findings)
    {
        if (MacAddress.TryParse(text, out var mac)) return mac;
        findings.Add($"'{text}' is not a MAC address; write six octets like 00-15-5D-52-C0-00", HcnErrorCode.InvalidNetwork);
        return null;
    }

    private ImmutableArray<SubnetSpec> Subnets(NetworkType type)
    {
        var subnets = ImmutableArray.CreateBuilder<SubnetSpec>();
        var reader = new SubnetReader(type, document.Id ?? Guid.Empty, vlan: null, _paths);
        _paths.Add("$.Subnets", "$.Ipams");
        for (var i = 0; i < (document.Ipams?.Count ?? 0); i++)
        {
            var ipam = document.Ipams![i];
            var here = _findings.At("Ipams", i);
            if (ipam.Type == IpamType.Dhcp && !_dhcp)
            {
                _dhcp = true;
                _paths.Add("$.Dhcp", $"$.Ipams[{i}].Type");
            }
            for (var j = 0; j < (ipam.Subnets?.Count ?? 0); j++)
            {
                var path = $"$.Ipams[{i}].Subnets[{j}]";
                // Of a DHCP server's subnet nothing is known here but its VLAN.
                if (ipam.Type == IpamType.Dhcp && ipam.Subnets![j].IpAddressPrefix is null or "")
                    reader.ReadVlan(ipam.Subnets![j], path, here.At("Subnets", j));
                else if (reader.Read(ipam.Subnets![j], here.At("Subnets", j), path, subnets.Count) is { } subnet) subnets.Add(subnet);
            }
        }
        _vlan = reader.Vlan;
        return subnets.ToImmutable();
    }
}
