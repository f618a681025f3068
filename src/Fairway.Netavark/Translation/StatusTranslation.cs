using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>What a container got, in netavark's words. Podman writes it into the container's resolv.conf and shows it.</summary>
internal static class StatusTranslation
{
    /// <summary>The status of one network.</summary>
    /// <param name="result">What Fairway answered.</param>
    /// <param name="network">The network, as Podman has it. Without names Podman gives the container the host's resolvers.</param>
    public static StatusDocument ToStatus(AttachResult result, NetworkDocument network) => new()
    {
        DnsSearchDomains = network.DnsEnabled ? result.Dns.Search : [],
        DnsServerIps = network.DnsEnabled ? result.Dns.Servers : [],
        Interfaces = new Dictionary<string, InterfaceDocument>
        {
            [result.InterfaceName] = new(result.MacAddress.ToString(),
                [.. result.Addresses.Select(address => new AddressDocument($"{address.Address}/{address.PrefixLength}", Gateway(address, result, network)))]),
        },
    };

    /// <summary>The way out; on a network without one what Podman has for it, which it shows and calls the host by.</summary>
    private static string? Gateway(EndpointAddress address, AttachResult result, NetworkDocument network) =>
        result.Gateways.FirstOrDefault(gateway => gateway.AddressFamily == address.Address.AddressFamily)?.ToString()
        ?? network.Subnets?.FirstOrDefault(subnet => PrefixText.TryParse(subnet.Subnet, out var prefix, out _) && prefix.Covers(address.Address))?.Gateway;
}
