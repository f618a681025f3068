using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Tests.Fixtures;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Sockets;

namespace Fairway.Dns.Tests.Serving;

/// <summary>Two networks with the same addresses, whose resolvers live in one namespace, as the daemon has them.</summary>
public sealed class OverlapTests : IAsyncDisposable
{
    private static readonly IPAddress s_gateway = IPAddress.Parse("10.9.0.1"), s_secondGateway = IPAddress.Parse("10.9.1.1"), s_client = IPAddress.Parse("10.9.0.2");

    private readonly NetworkNamespace _inside = NetworkNamespace.CreateAnonymous();
    private readonly NetworkNamespace[] _clients = [NetworkNamespace.CreateAnonymous(), NetworkNamespace.CreateAnonymous()];
    private readonly Resolver _resolver = new(new ResolverOptions { Upstreams = new FixedUpstreams() });

    public OverlapTests()
    {
        using RouteNetlink route = RouteNetlink.Open(_inside);
        _inside.SetLoopbackUp();
        for (int i = 0; i < _clients.Length; i++)
            Connect(route, _clients[i], $"n{i}", (uint)i + 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _resolver.DisposeAsync();
        _inside.Dispose();
        Array.ForEach(_clients, client => client.Dispose());
    }

    [Fact]
    public async Task EachAsksItsOwn_AndIsAnsweredFromTheAddressItAsked()
    {
        for (uint i = 0; i < 2; i++)
            _resolver.AddNetwork(Tables.Network($"net{i}", number: i, subnets: "10.9.0.0/16").With($"c: 10.9.0.{10 + i}"), Sockets($"n{i}"));
        for (int i = 0; i < 2; i++)
        {
            foreach (IPAddress gateway in (IPAddress[])[s_gateway, s_secondGateway])
            {
                Assert.Equal([$"10.9.0.{10 + i}"], (await AskByUdpAsync(_clients[i], gateway)).Records);
                Assert.Equal([$"10.9.0.{10 + i}"], (await AskByTcpAsync(_clients[i], gateway)).Records);
            }
        }
    }

    private static async Task<Answer> AskByUdpAsync(NetworkNamespace client, IPAddress gateway)
    {
        using Socket socket = client.OpenManagedSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        // Connected: an answer from another address would not be received.
        await socket.ConnectAsync(new IPEndPoint(gateway, 53), TestContext.Current.CancellationToken);
        await socket.SendAsync(new Ask("c").Build());
        byte[] reply = new byte[512];
        int length = await socket.ReceiveAsync(reply).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return Answer.Parse(reply.AsSpan(0, length));
    }

    private static async Task<Answer> AskByTcpAsync(NetworkNamespace client, IPAddress gateway)
    {
        using var asker = await TcpAsker.ConnectAsync(client.OpenManagedSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(gateway, 53));
        await asker.SendAsync(new Ask("c"));
        return await asker.ReceiveAsync();
    }

    private List<Socket> Sockets(string link)
    {
        var sockets = new List<Socket>();
        foreach (IPAddress gateway in (IPAddress[])[s_gateway, s_secondGateway])
        {
            foreach ((SocketType type, ProtocolType protocol) in ((SocketType, ProtocolType)[])[(SocketType.Dgram, ProtocolType.Udp), (SocketType.Stream, ProtocolType.Tcp)])
            {
                Socket socket = _inside.OpenManagedSocket(AddressFamily.InterNetwork, type, protocol);
                socket.BindToDevice(link);
                socket.Bind(new IPEndPoint(gateway, 53));
                sockets.Add(socket);
            }
        }
        return sockets;
    }

    private static void Connect(RouteNetlink inside, NetworkNamespace client, string name, uint metric)
    {
        inside.CreateLink(new VethSpec { Name = name, Up = true, Peer = new VethPeerSpec { Name = "eth0", Namespace = client } });
        int link = inside.GetLink(name).Index;
        foreach (IPAddress gateway in (IPAddress[])[s_gateway, s_secondGateway])
            inside.AddAddress(new InterfaceAddress { LinkIndex = link, Address = gateway, PrefixLength = 32 });
        inside.AddRoute(new Route { Destination = IPNetwork.Parse("10.9.0.0/16"), LinkIndex = link, Scope = RouteScope.Link, Metric = metric });
        using RouteNetlink outside = RouteNetlink.Open(client);
        client.SetLoopbackUp();
        outside.SetLink("eth0", new LinkChange { Up = true });
        outside.AddAddress(new InterfaceAddress { LinkIndex = outside.GetLink("eth0").Index, Address = s_client, PrefixLength = 16 });
    }
}
