namespace Fairway.Model.Networks;

/// <summary>What kinds of network differ in. Everything that depends on the kind of a network asks here, so that a kind is a row of this table.</summary>
/// <param name="IsOffered">Whether this release makes such networks.</param>
/// <param name="HasHostPort">Whether the host always takes part, by a vNIC; on an encapsulated one it does when asked to (<see cref="NetworkSpec.HasHostPort"/>).</param>
/// <param name="HasGateway">Whether each subnet has a gateway, at whose address the network's resolver answers.</param>
/// <param name="HasDefaultRoute">Whether endpoints send everything that is not on their link to the gateway.</param>
/// <param name="IsTranslated">Whether endpoints reach the outside by address translation, and the outside reaches publications.</param>
/// <param name="IsEncapsulated">Whether what goes to other hosts travels in VXLAN.</param>
public sealed record NetworkTraits(bool IsOffered, bool HasHostPort, bool HasGateway, bool HasDefaultRoute, bool IsTranslated, bool IsEncapsulated)
{
    /// <summary>Whether endpoints are on the LAN behind one of the host's devices, where their gateways are too.</summary>
    public bool HasUplink { get; init; }
    /// <summary>Whether all of them have that device's MAC outside.</summary>
    public bool HasOneMac { get; init; }
    /// <summary>Whether everything they send goes to the gateway first, for their neighbours too.</summary>
    public bool IsHairpin { get; init; }


    private static readonly NetworkTraits s_nat = new(true, true, true, true, true, false);
    private static readonly NetworkTraits s_internal = new(true, true, true, false, false, false);
    private static readonly NetworkTraits s_private = new(true, false, false, false, false, false);
    private static readonly NetworkTraits s_overlay = new(true, false, true, true, false, true);
    private static readonly NetworkTraits s_transparent = new(true, false, false, true, false, false) { HasUplink = true };
    private static readonly NetworkTraits s_l2Bridge = s_transparent with { HasOneMac = true };
    private static readonly NetworkTraits s_l2Tunnel = s_l2Bridge with { IsHairpin = true };
    private static readonly NetworkTraits s_missing = new(false, true, true, true, false, false);

    /// <summary>Those of a kind.</summary>
    public static NetworkTraits Of(NetworkType type) => type switch
    {
        NetworkType.Nat => s_nat,
        NetworkType.Internal => s_internal,
        NetworkType.Private => s_private,
        NetworkType.Overlay => s_overlay,
        NetworkType.Transparent => s_transparent,
        NetworkType.L2Bridge => s_l2Bridge,
        NetworkType.L2Tunnel => s_l2Tunnel,
        _ => s_missing,
    };

    /// <summary>The kinds this release makes, for a sentence.</summary>
    public static string Offered { get; } = Sentence([.. Enum.GetValues<NetworkType>().Where(type => Of(type).IsOffered).Select(type => $"{type}")]);

    private static string Sentence(string[] names) => $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
