using Fairway.Dataplane.Host;
using Fairway.Linux.Diag;

namespace Fairway.Dataplane.Tunnels;

/// <summary>Names who has a UDP port that a tunnel was to have: a program, or a VXLAN link of the host.</summary>
internal sealed class PortHolder(HostNetlink host)
{
    public string Find(ushort port)
    {
        if (host.Queries.ListLinks().FirstOrDefault(link => link.Vxlan?.Port == port) is { } tunnel)
            return $"VXLAN link '{tunnel.Name}'";
        using SocketDiagnostics sockets = SocketDiagnostics.Open(host.Namespace);
        return sockets.List(SocketQuery.Listening(TransportProtocol.Udp, port)).Select(socket => SocketOwner.Find(socket.Inode)).FirstOrDefault(owner => owner is not null) is { } owner
            ? $"'{owner.Name}' (pid {owner.ProcessId})"
            : "the kernel, or a process that cannot be looked into";
    }
}
