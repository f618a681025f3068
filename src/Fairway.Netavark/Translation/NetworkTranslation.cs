using System.Collections.Immutable;
using System.Globalization;
using Fairway.Model.Addressing;
using Fairway.Model.Dns;
using Fairway.Model.Networks;
using Fairway.Model.Validation;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Translation;

/// <summary>A network of Podman's in Fairway's words.</summary>
internal static class NetworkTranslation
{
    /// <summary>The option, or label, by which a network of Podman's is one of Fairway's.</summary>
    public const string Joins = "fairway.network";

    /// <summary>The suffix aardvark-dns answers under.</summary>
    private const string Domain = "dns.podman";

    private static readonly HashSet<string> s_drivers = ["bridge", "fairway"];

    /// <summary>The name of the Fairway network that is meant, or null when Podman's network is one of its own.</summary>
    public static string? Joined(NetworkDocument network) =>
        network.Options?.GetValueOrDefault(Joins) ?? network.Labels?.GetValueOrDefault(Joins);

    /// <summary>Podman's id, cut to the length of ours.</summary>
    public static Guid IdOf(NetworkDocument network) => Guid.ParseExact(network.Id[..32], "N");

    /// <summary>The network to be made on first use. It goes with its last endpoint: nobody tells when Podman removes it.</summary>
    /// <param name="network">As Podman has it.</param>
    /// <param name="findings">Gets what Fairway cannot do.</param>
    public static NetworkSpec? ToSpec(NetworkDocument network, FindingCollector findings)
    {
        Check(network, findings);
        var subnets = network.Subnets ?? [];
        if (subnets.Count == 0)
            findings.At("subnets").Add($"network '{network.Name}' has no subnet; Fairway's endpoints have addresses: give it one (--subnet)");
        var specs = subnets.Select((subnet, i) => SubnetTranslation.ToSpec(subnet, network.Internal, findings.At("subnets", i))).OfType<SubnetSpec>().ToImmutableArray();
        var mtu = Mtu(network, findings);
        return findings.Findings.IsEmpty
            ? new NetworkSpec
            {
                Id = IdOf(network),
                Name = network.Name,
                Type = network.Internal ? NetworkType.Internal : NetworkType.Nat,
                Subnets = specs,
                Mtu = mtu,
                Dns = network.DnsEnabled ? new DnsSettings(Domain: Domain, Search: [Domain], Servers: [.. network.NetworkDnsServers ?? []]) : DnsSettings.Empty,
                Transient = true,
            }
            : null;
    }

    /// <summary>Adds everything Fairway cannot do for a network, its own or one it joins.</summary>
    public static void Check(NetworkDocument network, FindingCollector findings)
    {
        if (network.Id.Length < 32 || !network.Id.All(char.IsAsciiHexDigit))
            findings.At("id").Add($"'{network.Id}' is no id of a network; it has 64 hexadecimal digits");
        if (!s_drivers.Contains(network.Driver))
            findings.At("driver").Add($"network '{network.Name}' is of driver '{network.Driver}'; Fairway does 'bridge' networks, so make it one, or set helper_binaries_dir back for Podman's own");
        if (network.IpamOptions?.GetValueOrDefault("driver") is { } ipam && ipam is not ("" or "host-local"))
            findings.At("ipam_options").Add($"network '{network.Name}' takes its addresses from '{ipam}'; Podman itself allocates Fairway's: use --ipam-driver host-local");
        foreach (var (i, server) in (network.NetworkDnsServers ?? []).Index())
        {
            if (!AddressText.TryParse(server, out _, out var error))
                findings.At("network_dns_servers", i).Add(error);
        }
        foreach (var (name, value) in network.Options ?? ImmutableDictionary<string, string>.Empty)
            findings.At("options").AddIf(CheckOption(network.Name, name, value));
    }

    private static string? CheckOption(string network, string name, string value) => name switch
    {
        "mtu" or "com.docker.network.driver.mtu" or Joins => null,
        // Networks do not reach each other in any case.
        "isolate" when value is "true" or "strict" => null,
        "isolate" => $"network '{network}' has isolate={value}; Fairway's networks are always isolated from each other: leave the option out",
        "mode" when value is "managed" => null,
        "com.docker.network.bridge.name" => null,
        _ => $"network '{network}' has the option {name}={value}, which Fairway does not know; leave it out",
    };

    private static int? Mtu(NetworkDocument network, FindingCollector findings)
    {
        if ((network.Options?.GetValueOrDefault("mtu") ?? network.Options?.GetValueOrDefault("com.docker.network.driver.mtu")) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var mtu))
            return mtu == 0 ? null : mtu;
        findings.At("options").Add($"network '{network.Name}' has mtu={text}; it is a number of bytes");
        return null;
    }
}
