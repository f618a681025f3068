namespace Fairway.Model.Networks;

/// <summary>The kinds of network, spelled as HCN spells them (HCN schema, NetworkMode).</summary>
public enum NetworkType
{
    /// <summary>Endpoints reach the outside through address translation; the outside reaches publications.</summary>
    Nat,
    /// <summary>Host and endpoints reach each other; no way out and no way in.</summary>
    Internal,
    /// <summary>Endpoints reach each other; the host cannot reach in.</summary>
    Private,
    /// <summary>Endpoints sit on the physical LAN with their own MAC.</summary>
    Transparent,
    /// <summary>Endpoints sit on the physical LAN behind the host's MAC.</summary>
    L2Bridge,
    /// <summary>As L2Bridge, with every packet hairpinned through the next hop.</summary>
    L2Tunnel,
    /// <summary>VXLAN between hosts.</summary>
    Overlay,
}
