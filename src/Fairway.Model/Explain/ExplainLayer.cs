namespace Fairway.Model.Explain;

/// <summary>The layers a packet walks, by what they decide.</summary>
public enum ExplainLayer
{
    /// <summary>Whether the sender is attached, and what it may send.</summary>
    Port,
    /// <summary>Who has the address it calls.</summary>
    Destination,
    /// <summary>Questions about names.</summary>
    Names,
    /// <summary>What the network reaches.</summary>
    Isolation,
    /// <summary>Published ports of the host.</summary>
    Publication,
    /// <summary>Load balancers.</summary>
    LoadBalancer,
    /// <summary>Access rules of the sender's side.</summary>
    RulesOut,
    /// <summary>Access rules of the receiver's side.</summary>
    RulesIn,
    /// <summary>Where the host routes it.</summary>
    Route,
    /// <summary>Address translation.</summary>
    Translation,
    /// <summary>Encapsulation for another host.</summary>
    Tunnel,
    /// <summary>The LAN behind an uplink.</summary>
    Segment,
    /// <summary>The host's own stack.</summary>
    Host,
    /// <summary>Proxies beside endpoints' processes.</summary>
    Sidecar,
}
