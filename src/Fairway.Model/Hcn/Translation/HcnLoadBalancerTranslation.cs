using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.LoadBalancers;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;
using Fairway.Model.Validation;
using ProtocolType = Fairway.Model.Hcn.Policies.ProtocolType;

namespace Fairway.Model.Hcn.Translation;

/// <summary>HostComputeLoadBalancer to and from load balancers of ours. docs/spec/hcn.md says what of a document is honoured.</summary>
public static class HcnLoadBalancerTranslation
{
    private const LoadBalancerPortMappingFlags HonouredByPorts =
        LoadBalancerPortMappingFlags.EnableInternalLoadBalancer | LoadBalancerPortMappingFlags.LocalRoutedVip | LoadBalancerPortMappingFlags.UseMux | LoadBalancerPortMappingFlags.EnablePreserveDip;

    /// <summary>The spec a document asks for; it carries the document, so that everything in it is returned.</summary>
    /// <exception cref="FairwayException">The document is wrong, or asks for what this release does not do; every finding is in it.</exception>
    public static LoadBalancerSpec ToSpec(HostComputeLoadBalancer document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var findings = new FindingCollector();
        Refusals.SchemaVersion(document.SchemaVersion, findings);
        Refusals.Flags(document.Flags, LoadBalancerFlags.EnableDirectServerReturn | LoadBalancerFlags.IPv6, findings.At("Flags"));
        var spec = new LoadBalancerSpec
        {
            Id = document.Id ?? Guid.Empty,
            NetworkId = document.HostComputeNetwork is { Length: > 0 } network ? References.Network(network, findings.At("HostComputeNetwork")) : null,
            Frontends = Frontends(document, findings),
            SourceAddress = Address(document.SourceVIP, findings.At("SourceVIP")),
            Ports = Ports(document.PortMappings ?? [], findings),
            Backends = References.Endpoints(document.HostComputeEndpoints, "HostComputeEndpoints", findings),
            Document = HcnJson.Write(document),
        };
        if (findings.Findings.IsEmpty)
            Paths(spec.Ports.Length).Report(LoadBalancerValidator.Validate(spec), findings);
        FairwayException.ThrowIfAny("create load balancer", "load balancer", findings.Findings);
        return spec;
    }

    /// <summary>An answer to the spec as an answer to the document it came from: its findings name the document's members.</summary>
    /// <param name="problem">What the engine answered.</param>
    public static FairwayException Explain(FairwayException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Paths().Explain(problem);
    }

    /// <summary>The document as HNS would return it: as received, completed by what the service knows.</summary>
    /// <param name="balancer">A stored load balancer.</param>
    /// <param name="asked">The schema version a query asks for, or null.</param>
    public static HostComputeLoadBalancer ToDocument(LoadBalancer balancer, SchemaVersion? asked = null)
    {
        ArgumentNullException.ThrowIfNull(balancer);
        var spec = balancer.Spec;
        var received = spec.Document is { } json ? HcnJson.ReadStored<HostComputeLoadBalancer>(json) : Written(spec);
        return received with
        {
            Id = spec.Id,
            HostComputeEndpoints = [.. spec.Backends.Select(HcnId.Format)],
            Health = HealthTranslation.Healthy(received.Health),
            SchemaVersion = SchemaVersions.Answer(asked, received.SchemaVersion),
        };
    }

    /// <summary>A load balancer that no document made.</summary>
    private static HostComputeLoadBalancer Written(LoadBalancerSpec spec) => new()
    {
        HostComputeNetwork = spec.NetworkId is { } network ? HcnId.Format(network) : null,
        SourceVIP = spec.SourceAddress?.ToString(),
        FrontendVIPs = [.. spec.Frontends.Where(frontend => !IsAny(frontend)).Select(frontend => frontend.ToString())],
        Flags = spec.Frontends.All(frontend => frontend.AddressFamily == AddressFamily.InterNetworkV6) ? LoadBalancerFlags.IPv6 : LoadBalancerFlags.None,
        PortMappings = [.. spec.Ports.Select(port => new LoadBalancerPortMapping
        {
            Protocol = (ProtocolType)(uint)port.Protocol,
            InternalPort = port.BackendPort,
            ExternalPort = port.Port,
            DistributionType = Distribution(port.Affinity),
            Flags = (port.Internal ? LoadBalancerPortMappingFlags.EnableInternalLoadBalancer : LoadBalancerPortMappingFlags.None)
                | (port.KeepsFrontend ? LoadBalancerPortMappingFlags.EnablePreserveDip : LoadBalancerPortMappingFlags.None),
        })],
    };

    private static PathMap Paths(int ports = 0)
    {
        var paths = new PathMap();
        paths.Add("$.Id", "$.ID");
        paths.Add("$.NetworkId", "$.HostComputeNetwork");
        paths.Add("$.Frontends", "$.FrontendVIPs");
        paths.Add("$.Ports", "$.PortMappings");
        paths.Add("$.Backends", "$.HostComputeEndpoints");
        paths.Add("$.SourceAddress", "$.SourceVIP");
        for (var i = 0; i < ports; i++)
        {
            paths.Add($"$.Ports[{i}]", $"$.PortMappings[{i}]");
            paths.Add($"$.Ports[{i}].Port", $"$.PortMappings[{i}].ExternalPort");
            paths.Add($"$.Ports[{i}].BackendPort", $"$.PortMappings[{i}].InternalPort");
            paths.Add($"$.Ports[{i}].Affinity", $"$.PortMappings[{i}].DistributionType");
        }
        return paths;
    }

    /// <summary>Without addresses it is a node port: every address of the host, of the family that the flag says.</summary>
    private static ImmutableArray<IPAddress> Frontends(HostComputeLoadBalancer document, FindingCollector findings)
    {
        var isIPv6 = document.Flags?.HasFlag(LoadBalancerFlags.IPv6) == true;
        var given = document.FrontendVIPs?.Where(text => text.Length > 0).ToList() ?? [];
        if (given.Count == 0)
            return [isIPv6 ? IPAddress.IPv6Any : IPAddress.Any];
        var frontends = ImmutableArray.CreateBuilder<IPAddress>(given.Count);
        for (var i = 0; i < given.Count; i++)
        {
            if (Address(given[i], findings.At("FrontendVIPs", i)) is not { } address)
                continue;
            if (isIPv6 && address.AddressFamily != AddressFamily.InterNetworkV6)
                findings.At("FrontendVIPs", i).Add($"{address} is an IPv4 address, and the flag IPv6 (2) says otherwise; leave the flag out", HcnErrorCode.InvalidIp);
            frontends.Add(address);
        }
        return frontends.ToImmutable();
    }

    private static ImmutableArray<LoadBalancerPort> Ports(IReadOnlyList<LoadBalancerPortMapping> mappings, FindingCollector findings)
    {
        var ports = ImmutableArray.CreateBuilder<LoadBalancerPort>(mappings.Count);
        for (var i = 0; i < mappings.Count; i++)
        {
            var (mapping, at) = (mappings[i], findings.At("PortMappings", i));
            Refusals.Flags(mapping.Flags, HonouredByPorts, at.At("Flags"));
            if (mapping.Protocol is not (ProtocolType.TCP or ProtocolType.UDP))
                at.At("Protocol").Add($"protocol {mapping.Protocol?.ToString() ?? "(missing)"} cannot be balanced; use 6 (TCP) or 17 (UDP)", HcnErrorCode.InvalidPolicy);
            ports.Add(new LoadBalancerPort
            {
                Protocol = (TransportProtocol)(uint)(mapping.Protocol ?? ProtocolType.TCP),
                Port = mapping.ExternalPort ?? 0,
                BackendPort = mapping.InternalPort ?? 0,
                Affinity = Affinity(mapping.DistributionType, at.At("DistributionType")),
                Internal = mapping.Flags?.HasFlag(LoadBalancerPortMappingFlags.EnableInternalLoadBalancer) == true,
                KeepsFrontend = mapping.Flags?.HasFlag(LoadBalancerPortMappingFlags.EnablePreserveDip) == true,
            });
        }
        return ports.MoveToImmutable();
    }

    private static SessionAffinity Affinity(LoadBalancerDistribution? distribution, FindingCollector findings)
    {
        switch (distribution)
        {
            case null or LoadBalancerDistribution.None:
                return SessionAffinity.None;
            case LoadBalancerDistribution.SourceIPProtocol:
                return SessionAffinity.SourceAddressAndProtocol;
            case LoadBalancerDistribution.SourceIP:
                return SessionAffinity.SourceAddress;
            default:
                findings.Add($"distribution {(uint)distribution} is not known; use 0 (None), 1 (SourceIPProtocol) or 2 (SourceIP)", HcnErrorCode.InvalidPolicy);
                return SessionAffinity.None;
        }
    }

    private static LoadBalancerDistribution Distribution(SessionAffinity affinity) => affinity switch
    {
        SessionAffinity.SourceAddress => LoadBalancerDistribution.SourceIP,
        SessionAffinity.SourceAddressAndProtocol => LoadBalancerDistribution.SourceIPProtocol,
        _ => LoadBalancerDistribution.None,
    };

    private static IPAddress? Address(string? text, FindingCollector findings)
    {
        if (text is null or "")
            return null;
        if (AddressText.TryParse(text, out var address, out var error))
            return address;
        findings.Add(error, HcnErrorCode.InvalidIp);
        return null;
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
