namespace Fairway.Dataplane.Tests.Explain;

/// <summary>What the switch says in <c>cb[0]</c> (<c>bpf/report.h</c>).</summary>
internal enum SwitchVerdict : uint
{
    None,
    Port,
    Host,
    Uplink,
    Answer,
    Pass,
    Drop,
    Tunnel,
}
