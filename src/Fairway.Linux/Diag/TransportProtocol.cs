using Fairway.Linux.Interop;

namespace Fairway.Linux.Diag;

/// <summary>Transport protocols whose sockets can be listed.</summary>
public enum TransportProtocol : byte
{
    /// <summary>TCP.</summary>
    Tcp = netinet_in.IPPROTO_TCP,

    /// <summary>UDP.</summary>
    Udp = netinet_in.IPPROTO_UDP,
}
