using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Ports;
using Fairway.Model.Validation;
using MappedProtocol = Fairway.Model.Hcn.Policies.ProtocolType;

namespace Fairway.Model.Hcn.Translation;

/// <summary>
/// PortMapping policies and publications. A mapping is of one family: IPv4, or IPv6 with its flag or by its VIP; a publication
/// without an address is of both, which is two mappings, and a publication of a range is a mapping per port.
/// </summary>
internal static class PortMappings
{
    /// <summary>The publications policies ask for.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="paths">Is told where the publications, as a member <c>$.Publications</c>, came from.</param>
    /// <param name="findings">At the object that holds the policies.</param>
    public static ImmutableArray<PortPublication> ToPublications(IReadOnlyList<EndpointPolicy> policies, PathMap paths, FindingCollector findings)
    {
        var publications = ImmutableArray.CreateBuilder<PortPublication>();
        for (var i = 0; i < policies.Count; i++)
        {
            var here = findings.At("Policies", i);
            if (policies[i].Type != EndpointPolicyType.PortMapping) continue;
            var settings = here.At("Settings");
            if (HcnJson.ReadElement<PortMappingPolicySetting>(policies[i].Settings, settings) is not { } mapping) continue;
            if (Publication(mapping, settings) is not { } publication) continue;
            Origins(paths, publications.Count, i);
            publications.Add(publication);
        }
        var validation = new FindingCollector();
        PublicationValidator.Validate(publications.ToImmutable(), "Publications", validation);
        paths.Report(validation.Findings, findings);
        return publications.ToImmutable();
    }

    public static IEnumerable<PortMappingPolicySetting> FromPublication(PortPublication publication)
    {
        IPAddress[] addresses = publication.HostAddress is { } address ? [address] : [IPAddress.Any, IPAddress.IPv6Any];
        return from host in addresses
               // Who may use it names nobody of this family: in this family it is not published.
               where publication.From is [] || publication.From.Any(prefix => prefix.Family == host.AddressFamily)
               from offset in Enumerable.Range(0, publication.Count)
               select Mapping(publication, host, offset);
    }

    /// <summary>True when a mapping as sent and one of a stored publication are the same, the host port chosen by the service included.</summary>
    public static bool IsSame(PortMappingPolicySetting sent, PortMappingPolicySetting stored)
    {
        var nowhere = new FindingCollector();
        return sent.Protocol == stored.Protocol && sent.InternalPort == stored.InternalPort
            && (sent.ExternalPort is null or 0 || sent.ExternalPort == stored.ExternalPort)
            && Equals(HostAddress(sent, nowhere), HostAddress(stored, nowhere));
    }

    private static PortMappingPolicySetting Mapping(PortPublication publication, IPAddress host, int offset) => new()
    {
        Protocol = (MappedProtocol)(uint)publication.Protocol,
        InternalPort = (ushort)(publication.ContainerPort + offset),
        ExternalPort = (ushort)(publication.HostPort + offset),
        VIP = host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any) ? null : host.ToString(),
        Flags = host.AddressFamily == AddressFamily.InterNetworkV6 ? NatFlags.IPv6 | Routed(publication) : Routed(publication),
        From = publication.From is [] ? null : [.. publication.From.Where(prefix => prefix.Family == host.AddressFamily).Select(prefix => prefix.ToString())],
    };

    private static NatFlags Routed(PortPublication publication) => publication.IsRouted ? NatFlags.LocalRoutedVip : NatFlags.None;

    private static PortPublication? Publication(PortMappingPolicySetting mapping, FindingCollector findings)
    {
        // Whether its client or the service looks after a port, it is published; a process that holds it is in the way in both cases.
        Refusals.Flags(mapping.Flags, NatFlags.IPv6 | NatFlags.ExternalPortReserved | NatFlags.LocalRoutedVip, findings.At("Flags"));
        TransportProtocol? protocol = mapping.Protocol switch
        {
            MappedProtocol.TCP => TransportProtocol.Tcp,
            MappedProtocol.UDP => TransportProtocol.Udp,
            _ => null,
        };
        if (protocol is null)
            findings.At("Protocol").Add($"protocol {mapping.Protocol?.ToString() ?? "(missing)"} has no ports to map; use 6 (TCP) or 17 (UDP)", HcnErrorCode.InvalidPolicy);
        if (mapping.InternalPort is null)
            findings.At("InternalPort").Add("the mapping has no internal port; give the endpoint's port", HcnErrorCode.InvalidInternalPort);
        var from = Sources(mapping.From ?? [], findings);
        var host = HostAddress(mapping, findings);
        return protocol is null || mapping.InternalPort is null || host is null ? null : new PortPublication
        {
            Protocol = protocol.Value,
            HostAddress = host,
            // Without an address the flag says what is so anyway: the port answers on every address of the host.
            IsRouted = host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any) ? false : (mapping.Flags ?? NatFlags.None).HasFlag(NatFlags.LocalRoutedVip),
            HostPort = mapping.ExternalPort ?? 0,
            ContainerPort = mapping.InternalPort.Value,
            From = from,
        };
    }

    private static IPAddress? HostAddress(PortMappingPolicySetting mapping, FindingCollector findings)
    {
        var v6 = mapping.Flags?.HasFlag(NatFlags.IPv6) ?? false;
        if (mapping.VIP is null or "") return v6 ? IPAddress.IPv6Any : IPAddress.Any;
        if (!AddressText.TryParse(mapping.VIP, out var address, out var error))
        {
            findings.At("VIP").Add(error, HcnErrorCode.InvalidIp);
            return null;
        }
        if (!v6 || address.AddressFamily == AddressFamily.InterNetworkV6) return address;
        findings.At("VIP").Add($"VIP {address} is an IPv4 address and the flag IPv6 (2) is set; use an IPv6 address or leave the flag out", HcnErrorCode.InvalidIp);
        return null;
    }

    private static ImmutableArray<IPNetwork> Sources(IReadOnlyList<string> from, FindingCollector findings)
    {
        var sources = ImmutableArray.CreateBuilder<IPNetwork>();
        for (var i = 0; i < from.Count; i++)
        {
            if (PrefixText.TryParse(from[i], out var prefix, out var error)) sources.Add(prefix);
            else findings.At("From", i).Add(error, HcnErrorCode.InvalidPrefix);
        }
        return sources.ToImmutable();
    }

    private static void Origins(PathMap paths, int publication, int policy)
    {
        var (spec, document) = ($"$.Publications[{publication}]", $"$.Policies[{policy}].Settings");
        paths.Add(spec, document);
        paths.Add($"{spec}.ContainerPort", $"{document}.InternalPort");
        paths.Add($"{spec}.HostPort", $"{document}.ExternalPort");
        paths.Add($"{spec}.HostAddress", $"{document}.VIP");
    }
}
