using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Ports;

namespace Fairway.Model.Validation;

/// <summary>Publications of one request: each on its own, and against each other.</summary>
public static class PublicationValidator
{
    /// <summary>The highest port number.</summary>
    public const int MaximumPort = 65535;

    private const int MaximumSources = 64;

    /// <summary>Everything wrong with a request that is an array of publications; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(IReadOnlyList<PortPublication> publications)
    {
        ArgumentNullException.ThrowIfNull(publications);
        var findings = new FindingCollector();
        var collisions = PublicationCollisions.Find(publications);
        for (var i = 0; i < publications.Count; i++) Validate(publications, i, collisions[i], findings.At(i));
        return findings.Findings;
    }

    /// <summary>Adds everything wrong with the publications a member holds.</summary>
    public static void Validate(ImmutableArray<PortPublication> publications, string member, FindingCollector findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var collisions = PublicationCollisions.Find(publications);
        for (var i = 0; i < publications.Length; i++) Validate(publications, i, collisions[i], findings.At(member, i));
    }

    private static void Validate(IReadOnlyList<PortPublication> publications, int index, int collision, FindingCollector findings)
    {
        var publication = publications[index];
        if (!Enum.IsDefined(publication.Protocol))
            findings.At("Protocol").Add($"protocol {(int)publication.Protocol} has no ports; use Tcp or Udp", HcnErrorCode.InvalidPolicy);
        CheckPorts(publication, findings);
        if (publication.HostAddress is { } address)
            findings.At("HostAddress").AddIf(CheckHostAddress(address), HcnErrorCode.AddressInvalidOrReserved);
        if (publication.IsRouted && (publication.HostAddress is not { } routed || routed.Equals(IPAddress.Any) || routed.Equals(IPAddress.IPv6Any)))
            findings.At("IsRouted").Add("the publication names no address that could be routed to the host; give HostAddress, or leave it out", HcnErrorCode.InvalidIp);
        CheckSources(publication, findings);
        if (collision >= 0)
            findings.At("HostPort").Add($"publication {PublicationText.Format(publication)} claims host ports of publication "
                + $"{PublicationText.Format(publications[collision])} in the same request; choose other host ports", HcnErrorCode.PortAlreadyExists);
    }

    private static void CheckPorts(PortPublication publication, FindingCollector findings)
    {
        if (publication.ContainerPort == 0)
            findings.At("ContainerPort").Add($"container port 0 is not a port; use 1 to {MaximumPort}", HcnErrorCode.InvalidInternalPort);
        if (publication.Count is < 1 or > MaximumPort)
        {
            findings.At("Count").Add($"{publication.Count} ports cannot be published; use 1 to {MaximumPort}", HcnErrorCode.InvalidPolicy);
            return;
        }
        if (publication.ContainerPort != 0 && publication.LastContainerPort > MaximumPort)
            findings.At("Count").Add(PastTheEnd(publication.Count, "container port", publication.ContainerPort), HcnErrorCode.InvalidInternalPort);
        if (publication.LastHostPort > MaximumPort)
            findings.At("Count").Add(PastTheEnd(publication.Count, "host port", publication.HostPort), HcnErrorCode.InvalidPolicy);
        if (publication.HostPort == 0 && publication.Count > 1)
            findings.At("HostPort").Add("free host ports are asked for one at a time; give a first host port or publish the ports singly", HcnErrorCode.InvalidPolicy);
    }

    private static string PastTheEnd(int count, string what, int first) =>
        $"{count} ports from {what} {first} reach past {MaximumPort}; use at most {MaximumPort - first + 1}";

    private static string? CheckHostAddress(IPAddress address)
    {
        var multicast = address.IsIPv6Multicast || address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224;
        if (multicast) return $"host address {address} is a multicast or broadcast address; use an address of the host";
        if (address.IsIPv4MappedToIPv6) return $"host address {address} is an IPv4 address in IPv6 form; use {address.MapToIPv4()}";
        return address.IsIPv6LinkLocal ? $"host address {address} is link-local, which names no single link; use a global address or leave it out" : null;
    }

    private static void CheckSources(PortPublication publication, FindingCollector findings)
    {
        if (publication.From.Length > MaximumSources)
            findings.At("From").Add($"{publication.From.Length} prefixes are too many; give at most {MaximumSources}", HcnErrorCode.InvalidPolicy);
        if (publication.From is not [] && publication.HostAddress is { } local && IPAddress.IsLoopback(local))
            findings.At("From").Add($"a publication on {local} admits the host alone; leave the source prefixes out or publish on another address", HcnErrorCode.InvalidPolicy);
        for (var i = 0; i < publication.From.Length; i++)
            if (publication.HostAddress is { } address && publication.From[i].Family != address.AddressFamily)
                findings.At("From", i).Add($"source prefix {publication.From[i]} is of another family than host address {address}; "
                    + "nobody it admits could reach that address", HcnErrorCode.InvalidPrefix);
    }
}
