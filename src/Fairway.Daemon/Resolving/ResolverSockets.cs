using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Sockets;

namespace Fairway.Daemon.Resolving;

/// <summary>
/// Opens the sockets a network's endpoints ask at, on the network's interface in the resolvers' namespace: UDP at each gateway address, and UDP and TCP
/// at every other one, for what the switch brings here though it was meant for another server.
/// </summary>
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
            var addresses = gateways.ToList();
            foreach (var address in addresses)
                opened.Add(Open(space, link, address, SocketType.Dgram, ProtocolType.Udp));
            foreach (var family in addresses.Select(address => address.AddressFamily).Distinct())
            {
                var everywhere = family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
                opened.Add(Open(space, link, everywhere, SocketType.Dgram, ProtocolType.Udp));
                opened.Add(Open(space, link, everywhere, SocketType.Stream, ProtocolType.Tcp));
            }
            return opened;
        }
        catch
        {
            opened.ForEach(socket => socket.Dispose());
            throw;
        }
    }

    /// <summary>Answers in the name of another server. What the kernel does not take is lost, as datagrams are, and asked for again.</summary>
    public static void AnswerFrom(Socket socket, ReadOnlySpan<byte> answer, IPEndPoint client, IPAddress server)
    {
        try
        {
            socket.SendFrom(answer, client, server);
        }
        catch (LinuxException)
        {
            // The client left, or its network did.
        }
    }

    private static Socket Open(NetworkNamespace space, string link, IPAddress address, SocketType type, ProtocolType protocol)
    {
        var socket = space.OpenManagedSocket(address.AddressFamily, type, protocol);
        try
        {
            socket.BindToDevice(link);
            // The wildcard beside the addresses: the kernel prefers the socket that says more.
            if (type == SocketType.Dgram) socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) socket.AllowAnyAddress();
            if (address.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
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
