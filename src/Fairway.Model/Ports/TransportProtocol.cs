namespace Fairway.Model.Ports;

/// <summary>Protocols with ports; values are IP protocol numbers (IANA).</summary>
public enum TransportProtocol : byte
{
    /// <summary>TCP, protocol 6.</summary>
    Tcp = 6,
    /// <summary>UDP, protocol 17.</summary>
    Udp = 17,
}
