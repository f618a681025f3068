namespace Fairway.Dataplane.Leases;

/// <summary>Options of a DHCP message (RFC 2132, 3397).</summary>
internal enum DhcpOption : byte
{
    Pad = 0,
    SubnetMask = 1,
    Routers = 3,
    NameServers = 6,
    HostName = 12,
    Domain = 15,
    Mtu = 26,
    RequestedAddress = 50,
    LeaseTime = 51,
    Type = 53,
    Server = 54,
    Search = 119,
    End = 255,
}
