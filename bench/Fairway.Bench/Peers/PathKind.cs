namespace Fairway.Bench.Peers;

/// <summary>From where to where.</summary>
internal enum PathKind
{
    /// <summary>From a container to another one of the host.</summary>
    Same,

    /// <summary>From a container to somebody on the LAN, translated.</summary>
    Out,

    /// <summary>From the LAN to a container, through published ports.</summary>
    In,

    /// <summary>From a container of one host to one of another.</summary>
    Overlay,
}
