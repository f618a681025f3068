using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using Fairway.Model.Addressing;
using Fairway.Model.Collections;

namespace Fairway.Model.Networks;

/// <summary>What an overlay network has besides: how its packets travel, and who has the rest of it.</summary>
public sealed record OverlaySpec
{
    /// <summary>IANA's UDP port of VXLAN.</summary>
    public const ushort DefaultPort = 4789;
    /// <summary>First UDP port that networks can have. The switch's programs tell VXLAN devices by their port, and uplinks by the numbers below it (bpf/layout.h).</summary>
    public const ushort FirstPort = 4;
    /// <summary>First virtual subnet id; those below belong to VLANs.</summary>
    public const uint FirstVirtualSubnet = 4096;
    /// <summary>Last virtual subnet id; of its 24 bits, all ones is reserved.</summary>
    public const uint LastVirtualSubnet = 0xFFFFFE;

    private const int HeadersV4 = 14 + 8 + 8 + 20;
    private const int HeadersV6 = 14 + 8 + 8 + 40;

    /// <summary>Nothing but what goes without saying.</summary>
    public static OverlaySpec Default { get; } = new();

    /// <summary>UDP port of VXLAN, 4 to 65535; null is IANA's.</summary>
    public ushort? Port { get; init; }
    /// <summary>The UDP port in force.</summary>
    [JsonIgnore]
    public ushort UdpPort => Port ?? DefaultPort;
    /// <summary>This host's address towards the others; null leaves it to the host's routes.</summary>
    public IPAddress? ProviderAddress { get; init; }
    /// <summary>MAC of the gateway, by which other hosts address what is routed to this one; null derives one.</summary>
    public MacAddress? RouterMac { get; init; }
    /// <summary>Whether endpoints and this host reach each other.</summary>
    public bool HostRoute { get; init; }
    /// <summary>Subnets of other hosts.</summary>
    public ImmutableArray<RemoteSubnet> RemoteSubnets { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Bytes encapsulation adds to a packet: more when the others have IPv6 addresses.</summary>
    [JsonIgnore]
    public int Overhead => RemoteSubnets.Select(remote => remote.ProviderAddress).Append(ProviderAddress).Any(address => address?.AddressFamily == AddressFamily.InterNetworkV6) ? HeadersV6 : HeadersV4;
}
