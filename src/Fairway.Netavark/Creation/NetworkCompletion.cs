using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Networks;
using Fairway.Netavark.Documents;
using Fairway.Netavark.Translation;

namespace Fairway.Netavark.Creation;

/// <summary>Fills in what the user left open: the interface's name, subnets, gateways.</summary>
internal static class NetworkCompletion
{
    /// <summary>Where subnets of the plugin's networks come from, which Podman gives no pool for: as Podman's own.</summary>
    private static readonly SubnetPoolDocument[] s_pools = [new("10.89.0.0/16", 24), new("10.90.0.0/15", 24), new("10.92.0.0/14", 24)];

    /// <summary>Completes a network for Podman, which says what is taken.</summary>
    public static NetworkDocument Complete(CreationDocument creation, DateTimeOffset now)
    {
        var (network, used, options) = (creation.Network, creation.Used, creation.Options);
        CheckIdentity(network, used);
        IReadOnlyList<IPNetwork> taken = options.CheckUsedSubnets ? [.. (used.Subnets ?? []).Select(Prefix)] : [];
        if (NetworkTranslation.Joined(network) is null)
        {
            foreach (var subnet in network.Subnets ?? [])
            {
                if (taken.Any(other => other.Overlaps(Prefix(subnet.Subnet))))
                    throw Refuse(network, ErrorKind.Conflict, $"subnet {subnet.Subnet} is used by another network or the host; choose another one");
            }
        }
        network = network with { NetworkInterface = network.NetworkInterface ?? FreeInterface(creation) };
        return Finish(WithSubnets(network, options.SubnetPools is { Count: > 0 } pools ? pools : s_pools, taken), now);
    }

    /// <summary>Completes a network for the plugin's caller, who does not say what is taken: Fairway's own networks are not to be met.</summary>
    public static NetworkDocument Complete(NetworkDocument network, IReadOnlyList<Network> present, DateTimeOffset now)
    {
        if (NetworkTranslation.Joined(network) is { } name && network.Subnets is not { Count: > 0 })
        {
            var joined = present.FirstOrDefault(other => other.Spec.Name == name)
                ?? throw Refuse(network, ErrorKind.NotFound, $"it is to join network '{name}', which does not exist in Fairway; create that one first (fairway network create {name})");
            return Finish(network with { Subnets = [.. joined.Spec.Subnets.Select(subnet => new SubnetDocument { Subnet = subnet.Prefix.ToString(), Gateway = subnet.Gateway?.ToString() })] }, now);
        }
        return Finish(WithSubnets(network, s_pools, [.. present.SelectMany(other => other.Spec.Subnets).Select(subnet => subnet.Prefix)]), now);
    }

    private static NetworkDocument WithSubnets(NetworkDocument network, IReadOnlyList<SubnetPoolDocument> pools, IReadOnlyList<IPNetwork> taken)
    {
        List<SubnetDocument> subnets = [.. network.Subnets ?? []];
        if (!subnets.Any(subnet => Prefix(subnet.Subnet).Family == AddressFamily.InterNetwork) && (subnets.Count == 0 || network.Ipv6Enabled))
            subnets.Add(Described(FreeSubnet.Find(pools, taken) ?? throw Refuse(network, ErrorKind.Exhausted, "no subnet of the pools is free; give it one (--subnet)")));
        if (network.Ipv6Enabled && !subnets.Any(subnet => Prefix(subnet.Subnet).Family == AddressFamily.InterNetworkV6))
            subnets.Add(Described(FreeSubnet.Find6(NetworkTranslation.IdOf(network), taken)));
        return network with { Subnets = subnets };
    }

    /// <summary>Gateways, which an internal network without names does without, and what Podman expects to be said.</summary>
    private static NetworkDocument Finish(NetworkDocument network, DateTimeOffset now) => network with
    {
        Subnets = [.. (network.Subnets ?? []).Select(subnet => string.IsNullOrEmpty(subnet.Gateway) && (!network.Internal || network.DnsEnabled)
            ? subnet with { Gateway = Prefix(subnet.Subnet).FirstUsable.ToString() }
            : subnet)],
        Ipv6Enabled = network.Ipv6Enabled || (network.Subnets ?? []).Any(subnet => Prefix(subnet.Subnet).Family == AddressFamily.InterNetworkV6),
        IpamOptions = network.IpamOptions is { Count: > 0 } given ? given : new Dictionary<string, string> { ["driver"] = "host-local" },
        Created = network.Created is { Year: > 1 } made ? made : now,
    };

    private static void CheckIdentity(NetworkDocument network, UsedDocument used)
    {
        if (ResourceName.Check(network.Name) is { } wrong)
            throw Refuse(network, ErrorKind.InvalidArgument, wrong);
        // Podman takes these words for a success when it was told to ignore what is there.
        if (used.Names?.ContainsKey(network.Name) == true)
            throw Refuse(network, ErrorKind.AlreadyExists, $"network '{network.Name}' already exists; choose another name");
        if (network.NetworkInterface is { } name && used.Interfaces?.Contains(name) == true)
            throw Refuse(network, ErrorKind.Conflict, $"interface name '{name}' belongs to another network; choose another one");
    }

    private static string FreeInterface(CreationDocument creation)
    {
        var prefix = creation.Options.DefaultInterfaceName is { Length: > 0 } given ? given : "podman";
        for (var i = 1; ; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}");
            if (creation.Used.Interfaces?.Contains(name) != true && creation.Used.Names?.ContainsKey(name) != true && !Directory.Exists($"/sys/class/net/{name}"))
                return name;
        }
    }

    private static SubnetDocument Described(IPNetwork prefix) => new() { Subnet = prefix.ToString() };

    private static IPNetwork Prefix(string text) => PrefixText.TryParse(text, out var prefix, out var error)
        ? prefix
        : throw new FairwayException(ErrorKind.InvalidArgument, $"subnet '{text}'", error);

    private static FairwayException Refuse(NetworkDocument network, ErrorKind kind, string why) =>
        new(kind, $"network '{network.Name}'", $"create network '{network.Name}': {why}");
}
