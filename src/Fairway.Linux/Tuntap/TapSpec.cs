namespace Fairway.Linux.Tuntap;

/// <summary>A tap device: an Ethernet link whose other end is a program, such as a virtual machine's.</summary>
public sealed record TapSpec
{
    /// <summary>Name, 1 to 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>Whether a header with checksum and segmentation offloads goes before each packet (IFF_VNET_HDR); needed for large packets to pass whole.</summary>
    public bool VnetHeader { get; init; } = true;

    /// <summary>Whether several programs, or threads, may have it open, each with a queue of its own.</summary>
    public bool MultiQueue { get; init; }

    /// <summary>
    /// User who may open it besides those with CAP_NET_ADMIN. Without an owner and a group everybody may who can open /dev/net/tun, which is
    /// everybody on most hosts.
    /// </summary>
    public uint? Owner { get; init; }

    /// <summary>Group whose members may open it besides those with CAP_NET_ADMIN; beside an owner, who opens it has to be both.</summary>
    public uint? Group { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
