namespace Fairway.Switch.Tests.Fixtures;

/// <summary>What the switch says in <c>cb[0]</c> (<c>bpf/report.h</c>); <c>cb[1]</c> is the detail.</summary>
internal enum Verdict : uint
{
    /// <summary>Not said.</summary>
    None,

    /// <summary>To a port, whose number is the detail.</summary>
    Port,

    /// <summary>To the host, by the vNIC of the network that is the detail.</summary>
    Host,

    /// <summary>Out of the device that is the detail.</summary>
    Uplink,

    /// <summary>Back where it came from.</summary>
    Answer,

    /// <summary>None of the switch's business.</summary>
    Pass,

    /// <summary>Dropped, for the reason that is the detail.</summary>
    Drop,

    /// <summary>To another host, in the virtual subnet that is the detail.</summary>
    Tunnel,
}
