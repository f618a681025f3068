using System.Globalization;
using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Networks;

namespace Fairway.Api.Docker.Networks;

/// <summary>What <c>docker network create</c> says with its flags and <c>-o</c> options. An option that is not known is refused, not ignored.</summary>
internal sealed record NetworkOptions(string? Join, NetworkType Type, int? Mtu, string? HostLink, bool Isolated)
{
    /// <summary>Joins an existing network of ours in place of making one.</summary>
    public const string NetworkKey = "fairway.network";

    private const string TypeKey = "fairway.type";
    private const string MtuKey = "fairway.mtu";
    private const string InterfaceKey = "fairway.interface";

    private const string IsolationKey = "fairway.isolation";

    /// <summary>What Docker's bridge calls the contrary.</summary>
    private const string DockerIccKey = "com.docker.network.bridge.enable_icc";

    /// <summary>Docker's own word for the MTU, which Compose files carry.</summary>
    private const string DockerMtuKey = "com.docker.network.driver.mtu";

    private const string GenericKey = "com.docker.network.generic";
    private const string InternalKey = "com.docker.network.internal";

    private bool Named { get; init; }

    public static NetworkOptions Read(Dictionary<string, JsonElement>? options)
    {
        var given = ReadGeneric(options);
        var isInternal = options is not null && options.TryGetValue(InternalKey, out var flag) && ReadFlag(flag);
        string? Take(string key) => given.Remove(key, out var value) ? value : null;
        var (join, type, ours, docker, link) = (Take(NetworkKey), Take(TypeKey), Take(MtuKey), Take(DockerMtuKey), Take(InterfaceKey));
        var (isolation, icc) = (Take(IsolationKey), Take(DockerIccKey));
        if (given.Count > 0)
        {
            throw Wrong($"option '{ResourceName.Printable(given.Keys.Order(StringComparer.Ordinal).First())}' is not known; "
                + $"use {NetworkKey}, {TypeKey}, {MtuKey}, {InterfaceKey}, {IsolationKey}, {DockerMtuKey} or {DockerIccKey}");
        }
        if (ours is not null && docker is not null)
            throw Wrong($"{MtuKey} and {DockerMtuKey} are the same; give one of them");
        if (isolation is not null && icc is not null)
            throw Wrong($"{IsolationKey} and {DockerIccKey} contradict each other or say the same; give one of them");
        var isolated = isolation is not null ? ReadBoolean(IsolationKey, isolation) : icc is not null && !ReadBoolean(DockerIccKey, icc);
        return new NetworkOptions(join, ReadType(type, isInternal), ReadMtu(ours ?? docker), link, isolated) { Named = type is not null || isInternal };
    }

    /// <summary>A network that exists has its settings; asking for others, even for the same, is a misunderstanding.</summary>
    public void CheckJoin(NetworkSpec network)
    {
        if (Mtu is not null || HostLink is not null)
            throw Wrong($"network '{network.Name}' exists and has its MTU and interface; leave {MtuKey} and {InterfaceKey} out with {NetworkKey}");
        if (Isolated)
            throw Wrong($"network '{network.Name}' exists and is others' too; leave {IsolationKey} out with {NetworkKey}, and give it access rules (fairway policy add {network.Name} --network)");
        if (Named && Type != network.Type)
        {
            throw Wrong($"network '{network.Name}' exists and is {network.Type.ToString().ToLowerInvariant()}; "
                + $"leave {TypeKey} and --internal out with {NetworkKey}, or join another one");
        }
    }

    private static Dictionary<string, string> ReadGeneric(Dictionary<string, JsonElement>? options)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        if (options is null || !options.TryGetValue(GenericKey, out var generic) || generic.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return given;
        if (generic.ValueKind != JsonValueKind.Object)
            throw Wrong($"{GenericKey} is not an object of options");
        foreach (var option in generic.EnumerateObject())
            given[option.Name] = option.Value.ValueKind == JsonValueKind.String ? option.Value.GetString()! : throw Wrong($"option '{ResourceName.Printable(option.Name)}' is not a string");
        return given;
    }

    private static bool ReadFlag(JsonElement flag) => flag.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw Wrong($"{InternalKey} is neither true nor false"),
    };

    private static bool ReadBoolean(string key, string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" or "t" => true,
        "false" or "0" or "f" => false,
        _ => throw Wrong($"{key} '{ResourceName.Printable(text)}' is neither true nor false"),
    };

    private static NetworkType ReadType(string? type, bool isInternal)
    {
        if (type is null)
            return isInternal ? NetworkType.Internal : NetworkType.Nat;
        if (!Enum.TryParse<NetworkType>(type, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed) || char.IsAsciiDigit(type[0]))
            throw Wrong($"{TypeKey} '{ResourceName.Printable(type)}' is no type of network; use nat, internal or private");
        return isInternal && parsed == NetworkType.Nat ? throw Wrong($"--internal and {TypeKey}=nat contradict each other; leave one of them out") : parsed;
    }

    private static int? ReadMtu(string? mtu) => mtu is null ? null
        : int.TryParse(mtu, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes
        : throw Wrong($"{MtuKey} '{ResourceName.Printable(mtu)}' is not a number of bytes");

    private static FairwayException Wrong(string what) => new(ErrorKind.InvalidArgument, "network", $"create network: {what}");
}
