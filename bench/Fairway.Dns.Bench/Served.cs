using System.Net;
using System.Net.Sockets;

namespace Fairway.Dns.Bench;

/// <summary>A network of 1,000 endpoints, and a name server of the outside that knows everything.</summary>
internal sealed class Served(Socket upstream) : IUpstreamSource
{
    public UpstreamConfiguration Current { get; } = new() { Servers = [(IPEndPoint)upstream.LocalEndPoint!] };

    public static async Task RunAsync(IPEndPoint at)
    {
        using var upstream = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        upstream.Bind(new IPEndPoint(new IPAddress([127, 7, 0, 2]), 0));
        var served = new Served(upstream);
        var answering = new Thread(served.Answer) { IsBackground = true };
        answering.Start();
        var web = new ResolverNetwork(1, "web", null, forwards: true, [IPNetwork.Parse("10.1.0.0/16")]);
        for (int i = 0; i < 1000; i++)
            web = web.With(new ResolverEndpoint(Guid.NewGuid(), $"c{i}", [], [new IPAddress([10, 1, (byte)(i / 250), (byte)(i % 250 + 1)])]));
        var socket = new Socket(at.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(at);
        await using var resolver = new Resolver(new ResolverOptions { Upstreams = served, Log = Console.Error.WriteLine });
        resolver.AddNetwork(web, [socket]);
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
    }

    private void Answer()
    {
        byte[] message = new byte[4096];
        EndPoint client = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            try
            {
                int length = upstream.ReceiveFrom(message, ref client);
                message[2] |= 0x80;
                message[7] = 1;
                ReadOnlySpan<byte> record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1];
                record.CopyTo(message.AsSpan(length));
                upstream.SendTo(message.AsSpan(0, length + record.Length), client);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that closed its socket, or ours when the run is over.
            }
        }
    }
}
