using System.Net;
using Fairway.Linux;
using Fairway.Linux.Diag;
using TransportProtocol = Fairway.Model.Ports.TransportProtocol;

namespace Fairway.Cli.Doctor;

/// <summary>Reads which programs hold which ports.</summary>
internal static class HostListeners
{
    public static IReadOnlyList<Listener> Read()
    {
        try
        {
            using var diagnostics = SocketDiagnostics.Open();
            List<SocketEntry> sockets =
            [
                .. diagnostics.List(SocketQuery.Listening(Linux.Diag.TransportProtocol.Tcp)),
                .. diagnostics.List(SocketQuery.Listening(Linux.Diag.TransportProtocol.Udp)),
            ];
            var owners = SocketOwner.Find([.. sockets.Select(socket => socket.Inode)]);
            return [.. sockets.Where(socket => socket.Local.Port != 0).Select(socket => new Listener((TransportProtocol)socket.Protocol, Local(socket), OwnerOf(socket, owners)))];
        }
        catch (LinuxException)
        {
            return [];
        }
    }

    private static IPEndPoint Local(SocketEntry socket) =>
        socket.Local.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(socket.Local.Address.MapToIPv4(), socket.Local.Port) : socket.Local;

    private static string? OwnerOf(SocketEntry socket, IReadOnlyDictionary<uint, SocketOwner> owners) =>
        owners.TryGetValue(socket.Inode, out var owner) ? $"'{owner.Name}' (pid {owner.ProcessId})" : null;
}
