using System.Net;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;

namespace Fairway.Cli.Resources;

/// <summary>What a virtual machine has to be told, for nobody configures it from outside.</summary>
internal static class VirtualNicText
{
    public static VirtualNicDocument? Document(Endpoint endpoint, Network? network)
    {
        if (endpoint.Spec.VirtualNic is not { } nic)
            return null;
        List<IPAddress> gateways = network is null ? [] :
        [
            .. from subnet in network.Spec.Subnets
               where subnet.Gateway is not null && endpoint.Addresses.Any(address => subnet.Prefix.Covers(address.Address))
               group subnet.Gateway by subnet.Prefix.Family into family
               select family.First(),
        ];
        IReadOnlyList<string> servers = !endpoint.Spec.Dns.Servers.IsEmpty ? endpoint.Spec.Dns.Servers
            : network?.Spec.Dns.Servers is { IsEmpty: false } general ? general
            : network?.Spec.Traits.HasGateway ?? false ? [.. gateways.Select(gateway => gateway.ToString())] : [];
        return new VirtualNicDocument(endpoint.Spec.InterfaceName, nic.User, nic.Group, nic.MultiQueue, Mtu(endpoint, network),
            [.. gateways.Where(_ => network!.Spec.Traits.HasDefaultRoute).Select(gateway => gateway.ToString())], servers);
    }

    /// <summary>Lines of <c>endpoint show</c>.</summary>
    public static IEnumerable<(string Label, string? Value)> Fields(VirtualNicDocument? nic) => nic is null ? [] :
    [
        ("Tap", $"{nic.Tap}, opened by {Opener(nic)}{(nic.MultiQueue ? ", several times" : "")}"),
        ("MTU", $"{nic.Mtu}"),
        .. nic.Gateways.Select((gateway, i) => (i == 0 ? "Gateway" : "", (string?)gateway)),
        ("Name servers", nic.NameServers.Count == 0 ? null : Text.List(nic.NameServers)),
    ];

    private static string Opener(VirtualNicDocument nic) => nic switch
    {
        { User: { } user, Group: { } group } => $"root, or user {user} in group {group}",
        { User: { } user } => $"root, or user {user}",
        { Group: { } group } => $"root, or group {group}",
        _ => "root",
    };

    private static int Mtu(Endpoint endpoint, Network? network) =>
        endpoint.Spec.Mtu ?? (network is null ? 0 : endpoint.Spec.EncapOverhead is { } overhead ? network.Mtu + network.Spec.Overhead - overhead : network.Mtu);
}
