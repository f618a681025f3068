namespace Fairway.Dataplane.Leases;

/// <summary>What a DHCP message is (RFC 2132, 9.6).</summary>
internal enum DhcpType : byte
{
    Discover = 1,
    Offer = 2,
    Request = 3,
    Decline = 4,
    Acknowledgement = 5,
    Refusal = 6,
    Release = 7,
    Inform = 8,
}
