using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Dns;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Validation;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>Turns a container into requests, or says everything that is wrong with it before anything has been done.</summary>
internal static class JoinPlanner
{
    /// <summary>The requests, in order. What is published is published with the first network that has a way in.</summary>
    /// <param name="container">As Podman described it.</param>
    /// <param name="netnsPath">Its namespace.</param>
    /// <param name="image">What it runs, or null.</param>
    /// <exception cref="FairwayException">InvalidArgument, with all findings.</exception>
    public static ImmutableArray<JoinPlan> Plan(Container container, string netnsPath, string? image)
    {
        var findings = new FindingCollector();
        var ports = PortTranslation.ToPublications(container.Ports, findings);
        var servers = container.DnsServers.Select((text, i) => Address(text, findings.At("dns_servers", i))?.ToString()).OfType<string>().ToImmutableArray();
        var plans = container.Attachments.Select(attachment => Plan(container, attachment, netnsPath, image, servers, findings)).ToList();
        FairwayException.ThrowIfAny($"connect container '{container.Name}'", $"container '{container.Name}'", findings.Findings);

        if (!ports.IsEmpty)
        {
            // Where there is none with a way in, Fairway says so.
            var entrance = Math.Max(0, plans.FindIndex(plan => plan!.Make is not { Type: NetworkType.Internal }));
            plans[entrance] = plans[entrance]! with { Attach = plans[entrance]!.Attach with { Publish = ports } };
        }
        return [.. plans!];
    }

    private static JoinPlan? Plan(Container container, Attachment attachment, string netnsPath, string? image, ImmutableArray<string> servers, FindingCollector findings)
    {
        var (network, options) = (attachment.Network, attachment.Options);
        var about = findings.At("network_info").At(network.Name);
        var mine = findings.At("networks").At(network.Name);
        var joined = NetworkTranslation.Joined(network);
        var make = joined is null ? NetworkTranslation.ToSpec(network, about) : null;
        if (joined is not null)
        {
            NetworkTranslation.Check(network, about);
            if (network.NetworkDnsServers is { Count: > 0 })
                about.At("network_dns_servers").Add($"network '{network.Name}' joins Fairway's network '{joined}', which has name servers of its own or the host's; leave --dns out");
        }
        var addresses = (options.StaticIps ?? []).Select((text, i) => Address(text, mine.At("static_ips", i))).OfType<IPAddress>().ToImmutableArray();
        var routes = RouteTranslation.ToRoutes(network, about);
        var mac = Mac(options.StaticMac, mine.At("static_mac"));
        foreach (var (name, value) in options.Options ?? ImmutableDictionary<string, string>.Empty)
            mine.At("options").Add($"the container joins network '{network.Name}' with the option {name}={value}, which Fairway does not know; leave it out");
        return findings.Findings.IsEmpty
            ? new JoinPlan(network, make, new AttachRequest
            {
                Network = joined ?? NetworkTranslation.IdOf(network).ToString("D"),
                NetnsPath = netnsPath,
                InterfaceName = options.InterfaceName,
                Addresses = addresses,
                MacAddress = mac,
                Routes = routes,
                Aliases = network.DnsEnabled ? Aliases(container, options) : [],
                // What resolves them is Fairway's resolver all the same; these are whom it asks about the outside.
                Dns = new DnsSettings(Servers: servers),
                Owner = container.Owner with { Image = image },
            })
            : null;
    }

    /// <summary>All names but the container's own, which is its endpoint's.</summary>
    private static ImmutableArray<string> Aliases(Container container, PerNetworkOptions options) =>
        [.. (options.Aliases ?? []).Append(container.Hostname ?? "").Where(name => name.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase).Where(name => !name.Equals(container.Name, StringComparison.OrdinalIgnoreCase))];

    private static IPAddress? Address(string text, FindingCollector findings)
    {
        if (AddressText.TryParse(text, out var address, out var error))
            return address;
        findings.Add(error);
        return null;
    }

    private static MacAddress? Mac(string? text, FindingCollector findings)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (MacAddress.TryParse(text, out var mac))
            return mac;
        findings.Add($"'{text}' is no MAC; write it like 02:15:5d:01:02:03");
        return null;
    }
}
