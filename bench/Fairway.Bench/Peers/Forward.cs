namespace Fairway.Bench.Peers;

/// <summary>A published port.</summary>
internal readonly record struct Forward(int HostPort, int ContainerPort, bool IsUdp = false)
{
    public string Protocol => IsUdp ? "udp" : "tcp";
}
