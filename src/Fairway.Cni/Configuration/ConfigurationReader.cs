using System.Text.Json;
using Fairway.Cni.Protocol;
using Fairway.Model.Dns;
using Fairway.Model.Names;
using Fairway.Model.Networks;

namespace Fairway.Cni.Configuration;

/// <summary>Reads a configuration. A member nobody here knows is refused: what is asked for is done, or said not to be.</summary>
internal static class ConfigurationReader
{
    /// <summary>Reads what a command needs.</summary>
    /// <exception cref="CniException">InvalidConfiguration or UnsupportedField, with the member at fault.</exception>
    public static NetworkConfiguration Read(JsonElement document, CniVersion version, CniCommand command)
    {
        var root = new Node(document, "");
        var name = root.Member("name")?.Text() ?? throw new CniException(CniErrorCode.InvalidConfiguration, "name: the network's name is missing; give the configuration one");
        if (ResourceName.Check(name) is { } fault)
            throw root.Member("name")!.Value.Wrong(fault);
        var configuration = new NetworkConfiguration { Version = version, Name = name, Network = name, SocketPath = NetworkConfiguration.DefaultSocketPath };
        // What the runtime says comes last, over what the configuration says.
        foreach (var (key, value) in root.Members().OrderBy(member => member.Name == "runtimeConfig"))
            configuration = Take(configuration, key, value, command);
        if (command == CniCommand.Gc && configuration.ValidAttachments is null && !IsNull(document, ValidAttachmentsKey))
            throw new CniException(CniErrorCode.InvalidConfiguration, $"{ValidAttachmentsKey}: it is missing; without it nobody could tell what to keep");
        return configuration;
    }

    private const string ValidAttachmentsKey = "cni.dev/valid-attachments";

    private static NetworkConfiguration Take(NetworkConfiguration configuration, string key, Node value, CniCommand command)
    {
        switch (key)
        {
            case "network":
                return ResourceName.Check(value.Text()) is { } fault ? throw value.Wrong(fault) : configuration with { Network = value.Text() };
            case "socket":
                return value.Text() is ['/', ..] path ? configuration with { SocketPath = path } : throw value.Wrong($"'{value.Text()}' is not an absolute path");
            case ValidAttachmentsKey when command == CniCommand.Gc:
                return configuration with { ValidAttachments = [.. value.Items().Select(Attachment)] };
            case "cniVersion" or "name" or "type" or "capabilities" or ValidAttachmentsKey or "cni.dev/attachments":
                return configuration;
            default:
                // A container must be let go whatever became of the rest of its configuration.
                return command is CniCommand.Del or CniCommand.Gc ? configuration : TakeShape(configuration, key, value) ?? TakeWishes(configuration, key, value)
                    ?? throw value.Unsupported("correct its spelling, or leave it out");
        }
    }

    private static NetworkConfiguration? TakeShape(NetworkConfiguration configuration, string key, Node value)
    {
        var shape = configuration.Shape;
        switch (key)
        {
            case "networkType":
                return configuration with { Shape = shape with { Type = NetworkTypeOf(value) } };
            case "subnets":
                return configuration with { Shape = shape with { Subnets = [.. value.Items().Select(SubnetReader.Read)] } };
            case "mtu":
                return configuration with { Shape = shape with { Mtu = value.Number(NetworkMtu.Lowest, NetworkMtu.Highest) } };
            case "publishFrom":
                return configuration with { PublishFrom = [.. value.Items().Select(item => item.Prefix())] };
            case "ipMasq":
                return value.Truth() ? configuration : throw value.Unsupported("a network without address translation is of networkType 'internal'");
            case "ipam":
                return value.Members().Any() ? throw value.Unsupported("fairwayd gives the addresses: leave ipam out and name the prefixes in 'subnets'") : configuration;
            case "dns":
                return configuration with { Dns = DnsReader.Read(value, DnsReader.ConfigurationNames) };
            default:
                return null;
        }
    }

    private static NetworkConfiguration? TakeWishes(NetworkConfiguration configuration, string key, Node value)
    {
        switch (key)
        {
            case "runtimeConfig":
                return WishesReader.TakeRuntimeConfig(configuration, value);
            case "args":
                return configuration with { Wishes = WishesReader.TakeArguments(configuration.Wishes, value) };
            case "prevResult":
                return configuration with { PreviousResult = value.Object() };
            default:
                return null;
        }
    }

    /// <summary>Settings over others that stand where these say nothing.</summary>
    internal static DnsSettings Overlaid(DnsSettings under, DnsSettings over) => new(
        over.Domain ?? under.Domain,
        over.Search.IsEmpty ? under.Search : over.Search,
        over.Servers.IsEmpty ? under.Servers : over.Servers,
        over.Options.IsEmpty ? under.Options : over.Options);

    private static NetworkType NetworkTypeOf(Node value)
    {
        foreach (var type in Enum.GetValues<NetworkType>())
            if (type.ToString().Equals(value.Text(), StringComparison.OrdinalIgnoreCase))
                return type;
        throw value.Wrong($"'{ResourceName.Printable(value.Text())}' is not a type of network; use nat, internal, private or another that 'fairway network create --help' names");
    }

    // {"containerID": "...", "ifname": "eth0"}
    private static (string, string) Attachment(Node value) => (Required(value, "containerID"), Required(value, "ifname"));

    private static string Required(Node value, string member) => value.Member(member)?.Text() ?? throw value.Wrong($"'{member}' is missing");

    private static bool IsNull(JsonElement document, string key) => document.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Null;
}
