using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Ports;
using Fairway.Model.Validation;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>Podman's port mappings in Fairway's words.</summary>
internal static class PortTranslation
{
    /// <summary>One publication for each protocol of each mapping.</summary>
    /// <param name="mappings">As Podman has them.</param>
    /// <param name="findings">Gets what cannot be published.</param>
    public static ImmutableArray<PortPublication> ToPublications(IReadOnlyList<PortMappingDocument> mappings, FindingCollector findings)
    {
        var publications = ImmutableArray.CreateBuilder<PortPublication>(mappings.Count);
        for (var i = 0; i < mappings.Count; i++)
        {
            var (mapping, here) = (mappings[i], findings.At("port_mappings", i));
            var address = Address(mapping.HostIp, here);
            if (mapping.HostPort == 0)
                here.At("host_port").Add("host port 0 is not a port, and Podman could not be told which one was chosen; give one");
            foreach (var name in (mapping.Protocol is { Length: > 0 } text ? text : "tcp").Split(','))
            {
                if (Protocol(name) is { } protocol)
                    publications.Add(ToPublication(mapping, address, protocol));
                else
                    here.At("protocol").Add($"ports of protocol '{name}' cannot be published; only tcp and udp ports can");
            }
        }
        return publications.DrainToImmutable();
    }

    private static PortPublication ToPublication(PortMappingDocument mapping, IPAddress? address, TransportProtocol protocol) => new()
    {
        Protocol = protocol,
        HostAddress = address,
        HostPort = mapping.HostPort,
        ContainerPort = mapping.ContainerPort,
        Count = Math.Max(mapping.Range, (ushort)1),
    };

    private static TransportProtocol? Protocol(string name) => name switch
    {
        "tcp" => TransportProtocol.Tcp,
        "udp" => TransportProtocol.Udp,
        _ => null,
    };

    private static IPAddress? Address(string? text, FindingCollector findings)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (AddressText.TryParse(text, out var address, out var error))
            return address;
        findings.At("host_ip").Add(error);
        return null;
    }
}
