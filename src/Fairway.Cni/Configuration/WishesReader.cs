using Fairway.Model.Addressing;

namespace Fairway.Cni.Configuration;

/// <summary>What a runtime asks for one container (CNI, CONVENTIONS.md: "Dynamic Plugin specific fields").</summary>
internal static class WishesReader
{
    /// <summary>The capabilities a configuration may declare.</summary>
    private const string Capabilities = "portMappings, ips, mac, dns, ipRanges, bandwidth and aliases";

    public static NetworkConfiguration TakeRuntimeConfig(NetworkConfiguration configuration, Node value)
    {
        foreach (var (key, member) in value.Members())
            configuration = key switch
            {
                "ipRanges" => configuration with { Shape = WithRanges(configuration.Shape, member) },
                "dns" => configuration with { Dns = ConfigurationReader.Overlaid(configuration.Dns, DnsReader.Read(member, DnsReader.CapabilityNames)) },
                _ => configuration with { Wishes = Take(configuration, key, member) },
            };
        return configuration;
    }

    /// <summary><c>{"cni": {"labels": [{"key": "app", "value": "shop"}], "ips": ["10.1.0.9"]}}</c>; what stands beside <c>cni</c> is for other plugins.</summary>
    public static RuntimeWishes TakeArguments(RuntimeWishes wishes, Node value)
    {
        if (value.Member("cni") is not { } arguments)
            return wishes;
        foreach (var (key, member) in arguments.Members())
            wishes = key switch
            {
                "labels" => wishes with { Labels = wishes.Labels.SetItems(member.Items().Select(Label)) },
                "ips" => wishes with { Addresses = [.. wishes.Addresses, .. member.Items().Select(Address)] },
                _ => throw member.Unsupported("use labels and ips"),
            };
        return wishes;
    }

    private static RuntimeWishes Take(NetworkConfiguration configuration, string key, Node value)
    {
        var wishes = configuration.Wishes;
        return key switch
        {
            "portMappings" => wishes with { Publications = PortMappingReader.Read(value) },
            "ips" => wishes with { Addresses = [.. wishes.Addresses, .. value.Items().Select(Address)] },
            "mac" => value.Text().Length == 0 ? wishes : wishes with { Mac = Mac(value) },
            "aliases" => wishes with { Aliases = [.. Aliases(value, configuration.Name)] },
            "bandwidth" => wishes with { Bandwidth = BandwidthReader.Read(value) },
            _ => throw value.Unsupported($"declare only the capabilities {Capabilities}"),
        };
    }

    private static NetworkShape WithRanges(NetworkShape shape, Node value)
    {
        // Each set stands for one address of the container, and each of our subnets gives one.
        var subnets = value.Items().Select(set => set.Items().ToList() is [var only]
            ? SubnetReader.Read(only)
            : throw set.Wrong("a set of several ranges is not supported; give each address a set with one range"));
        return shape with { Subnets = [.. subnets] };
    }

    /// <summary>A list; podman writes an object with one list for each of the container's networks.</summary>
    private static IEnumerable<string> Aliases(Node value, string network) =>
        value.Element.ValueKind == System.Text.Json.JsonValueKind.Object ? value.Member(network)?.Texts() ?? [] : value.Texts();

    private static AskedAddress Address(Node value) => AskedAddress.TryParse(value.Text(), out var error) ?? throw value.Wrong(error!);

    private static MacAddress Mac(Node value) => MacAddress.TryParse(value.Text(), out var mac)
        ? mac
        : throw value.Wrong($"'{value.Text()}' is not a MAC address; write six octets like 02:15:5d:01:02:03");

    private static KeyValuePair<string, string> Label(Node value) => KeyValuePair.Create(
        value.Member("key")?.Text() ?? throw value.Wrong("'key' is missing"),
        value.Member("value")?.Text() ?? throw value.Wrong("'value' is missing"));
}
