using Fairway.Linux.Interop;

namespace Fairway.Linux.Diag;

/// <summary>State of a socket (<c>netinet/tcp.h</c>). UDP sockets are <see cref="Established"/> when connected, else <see cref="Close"/>.</summary>
public enum SocketState : byte
{
    /// <summary>Connected.</summary>
    Established = netinet_tcp.TCP_ESTABLISHED,

    /// <summary>Connecting.</summary>
    SynSent = netinet_tcp.TCP_SYN_SENT,

    /// <summary>Being connected to.</summary>
    SynReceived = netinet_tcp.TCP_SYN_RECV,

    /// <summary>Closed here, not yet there.</summary>
    FinWait1 = netinet_tcp.TCP_FIN_WAIT1,

    /// <summary>Closed here, and the other side knows.</summary>
    FinWait2 = netinet_tcp.TCP_FIN_WAIT2,

    /// <summary>Closed on both sides; waits for late packets.</summary>
    TimeWait = netinet_tcp.TCP_TIME_WAIT,

    /// <summary>Not connected.</summary>
    Close = netinet_tcp.TCP_CLOSE,

    /// <summary>Closed there, not yet here.</summary>
    CloseWait = netinet_tcp.TCP_CLOSE_WAIT,

    /// <summary>Closed there and here; waits for the last acknowledgement.</summary>
    LastAck = netinet_tcp.TCP_LAST_ACK,

    /// <summary>Listening.</summary>
    Listen = netinet_tcp.TCP_LISTEN,

    /// <summary>Closed on both sides at the same time.</summary>
    Closing = netinet_tcp.TCP_CLOSING,
}
