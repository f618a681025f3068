using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Sockets;

namespace Fairway.Daemon.Resolving;

/// <summary>Opens the sockets a network's endpoints ask at: UDP and TCP, one per gateway address, on the network's interface in the resolvers' namespace.</summary>
internal sealed class ResolverSockets(HostDataplane dataplane)
{
    private const int DnsPort = 53;

    /// <summary>Index of a network's interface; sockets stay with the index they were bound to, not with the name.</summary>
    public int? FindInterface(uint network)
    {
        using var space = dataplane.OpenResolverNamespace();
        using var route = RouteNetlink.Open(space);
        return route.FindLink(HostDataplane.ResolverInterface(network))?.Index;
    }

    public IReadOnlyList<Socket> Open(uint network, IEnumerable<IPAddress> gateways)
    {
        using var space = dataplane.OpenResolverNamespace();
        var link = HostDataplane.ResolverInterface(network);
        var opened = new List<Socket>();
        try
        {
            foreach (var address in gateways)
            {
                opened.Add(Open(space, link, address, SocketType.Dgram, ProtocolType.Udp));
                opened.Add(Open(space, link, address, SocketType.Stream, ProtocolType.Tcp));
            }
            return opened;
        }
        catch
        {
            opened.ForEach(socket => socket.Dispose());
            throw;
        }
    }

    private static Socket Open(NetworkNamespace space, string link, IPAddress address, SocketType type, ProtocolType protocol)
    {
        var socket = space.OpenManagedSocket(address.AddressFamily, type, protocol);
        try
        {
            socket.BindToDevice(link);
            socket.Bind(new IPEndPoint(address, DnsPort));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
