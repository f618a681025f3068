using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>What a container got, in netavark's words. Podman writes it into the container's resolv.conf and shows it.</summary>
internal static class StatusTranslation
{
    /// <summary>The status of one network.</summary>
    /// <param name="result">What Fairway answered.</param>
    /// <param name="names">Whether the container is to find others by name: if not, Podman gives it the host's resolvers.</param>
    public static StatusDocument ToStatus(AttachResult result, bool names) => new()
    {
        DnsSearchDomains = names ? result.Dns.Search : [],
        DnsServerIps = names ? result.Dns.Servers : [],
        Interfaces = new Dictionary<string, InterfaceDocument>
        {
            [result.InterfaceName] = new(result.MacAddress.ToString(),
                [.. result.Addresses.Select(address => new AddressDocument($"{address.Address}/{address.PrefixLength}",
                    result.Gateways.FirstOrDefault(gateway => gateway.AddressFamily == address.Address.AddressFamily)?.ToString()))]),
        },
    };
}
