namespace Fairway.Dataplane.Marks;

/// <summary>Kinds of link an instance makes; the word stands in the alternative name.</summary>
internal enum LinkKind
{
    /// <summary>Host side of an endpoint's veth.</summary>
    Endpoint,

    /// <summary>Host vNIC of a network.</summary>
    Network,

    /// <summary>Host side of a resolver's veth.</summary>
    Resolver,

    /// <summary>VXLAN device of a UDP port.</summary>
    Tunnel,
}
