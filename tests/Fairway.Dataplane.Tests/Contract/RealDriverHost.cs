using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;
using Fairway.Testing.Contract;

namespace Fairway.Dataplane.Tests.Contract;

/// <summary>The contract's view of the real kernel: a host of its own for each test.</summary>
internal sealed class RealDriverHost : IDriverHost
{
    private readonly TestHost _host = new();

    public HostDrivers Drivers => _host.Dataplane.Drivers;

    public void Restart() => _host.RestartAsync().GetAwaiter().GetResult();

    public string NamespaceName(string name) => _host.Instance.NamespacePrefix + name;

    public string LinkName(string name) => $"fw-{name}";

    /// <summary>What is taken out is down and has a name nobody asks for until it is deleted; it is none any more.</summary>
    public IReadOnlyList<string> Interfaces(string netnsPath)
        => [.. Read(netnsPath, route => route.ListLinks())
            .Where(link => link.Name != "lo" && (link.IsUp || !link.Name.StartsWith("fx", StringComparison.Ordinal)))
            .Select(link => link.Name).Order(StringComparer.Ordinal)];

    public IReadOnlyList<EndpointAddress> Addresses(string netnsPath, string interfaceName)
        => [.. Read(netnsPath, route => route.ListAddresses(route.GetLink(interfaceName).Index))
            .Where(address => !address.Address.IsIPv6LinkLocal)
            .Select(address => new EndpointAddress(address.Address, address.PrefixLength))];

    public void AddForeignInterface(string netnsPath, string name) => Read(netnsPath, route =>
    {
        route.CreateLink(new BridgeSpec { Name = name });
        return true;
    });

    public void AddForeignLink(string name) => _host.Route.CreateLink(new BridgeSpec { Name = name });

    public void DeleteEndpointLink(EndpointPlan endpoint) => Assert.True(_host.Route.DeleteLink(endpoint.HostLink));

    public void DeleteNetworkLink(NetworkPlan network) => Assert.True(_host.Route.DeleteLink(network.HostLink!));

    public IDisposable HoldPort(TransportProtocol protocol, IPAddress address, ushort port)
    {
        (SocketType type, ProtocolType number) = protocol == TransportProtocol.Tcp ? (SocketType.Stream, ProtocolType.Tcp) : (SocketType.Dgram, ProtocolType.Udp);
        Socket socket = _host.Namespace.OpenManagedSocket(address.AddressFamily, type, number);
        socket.Bind(new IPEndPoint(address, port));
        if (protocol == TransportProtocol.Tcp)
            socket.Listen();
        return socket;
    }

    public void Dispose() => _host.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static T Read<T>(string netnsPath, Func<RouteNetlink, T> read)
    {
        using NetworkNamespace space = NetworkNamespace.OpenPath(netnsPath);
        using RouteNetlink route = RouteNetlink.Open(space);
        return read(route);
    }
}
