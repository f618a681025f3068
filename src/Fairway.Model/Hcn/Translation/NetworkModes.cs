using Fairway.Model.Hcn.Networks;
using Fairway.Model.Networks;

namespace Fairway.Model.Hcn.Translation;

/// <summary>Kinds of network in both spellings.</summary>
internal static class NetworkModes
{
    /// <summary>Our kind, or null for those Fairway has not.</summary>
    public static NetworkType? ToType(NetworkMode mode) => mode switch
    {
        NetworkMode.NAT => NetworkType.Nat,
        NetworkMode.Internal => NetworkType.Internal,
        NetworkMode.Private => NetworkType.Private,
        NetworkMode.Transparent => NetworkType.Transparent,
        NetworkMode.L2Bridge => NetworkType.L2Bridge,
        NetworkMode.L2Tunnel => NetworkType.L2Tunnel,
        NetworkMode.Overlay => NetworkType.Overlay,
        _ => null,
    };

    public static NetworkMode FromType(NetworkType type) => type switch
    {
        NetworkType.Internal => NetworkMode.Internal,
        NetworkType.Private => NetworkMode.Private,
        NetworkType.Transparent => NetworkMode.Transparent,
        NetworkType.L2Bridge => NetworkMode.L2Bridge,
        NetworkType.L2Tunnel => NetworkMode.L2Tunnel,
        NetworkType.Overlay => NetworkMode.Overlay,
        _ => NetworkMode.NAT,
    };
}
