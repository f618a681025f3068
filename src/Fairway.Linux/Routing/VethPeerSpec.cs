using Fairway.Linux.Namespaces;

namespace Fairway.Linux.Routing;

/// <summary>The second end of a veth pair. It is created down.</summary>
public sealed record VethPeerSpec
{
    /// <summary>Name: 1 to 15 bytes, without slash, colon and white space.</summary>
    public required string Name { get; init; }

    /// <summary>Interface index; honoured only when the first end's index is given as well.</summary>
    public int? Index { get; init; }

    /// <summary>Ethernet address.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Largest packet in bytes, without the Ethernet header.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Link group.</summary>
    public uint? Group { get; init; }

    /// <summary>Length of the transmit queue in packets.</summary>
    public uint? TxQueueLength { get; init; }

    /// <summary>Number of transmit queues.</summary>
    public uint? TxQueues { get; init; }

    /// <summary>Number of receive queues.</summary>
    public uint? RxQueues { get; init; }

    /// <summary>The namespace to be born in; by default that of the first end.</summary>
    public NetworkNamespace? Namespace { get; init; }
}
