using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>A name server that does what a test says, on a loopback address of its own. It answers what the script returns for each query.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    public delegate Task<IEnumerable<byte[]>> Script(byte[] query, int number);

    private static int s_next = 1;

    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Script _byUdp;
    private readonly Script? _byTcp;
    private readonly Task _running;
    private int _count;

    public ScriptedUpstream(Script byUdp, Script? byTcp = null)
    {
        (_byUdp, _byTcp) = (byUdp, byTcp);
        var address = new IPAddress([127, 9, (byte)(Environment.ProcessId % 251), (byte)Interlocked.Increment(ref s_next)]);
        _udp.Bind(new IPEndPoint(address, 0));
        // SO_RCVBUFFORCE: what a test sends at once must not be lost here.
        _udp.SetRawSocketOption(1, 33, BitConverter.GetBytes(4 << 20));
        EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
        if (byTcp is not null)
        {
            _tcp.Bind(EndPoint);
            _tcp.Listen(100);
        }
        _running = Task.WhenAll(Task.Run(ServeUdpAsync), byTcp is null ? Task.CompletedTask : Task.Run(ServeTcpAsync));
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Every query that came, with its transport.</summary>
    public ConcurrentQueue<(string Transport, byte[] Query)> Seen { get; } = [];

    /// <summary>Waits until so many queries came: one that nobody waits for may still be on its way.</summary>
    public async Task HasSeenAsync(int count)
    {
        long start = Environment.TickCount64;
        while (Seen.Count < count)
        {
            Assert.True(Environment.TickCount64 - start < 60_000, $"{Seen.Count} of {count} queries came");
            await Task.Yield();
        }
    }

    /// <summary>Answers at once with whatever the function makes of the query.</summary>
    public static Script Answers(Func<byte[], byte[]> answer) => (query, _) => Task.FromResult<IEnumerable<byte[]>>([answer(query)]);

    public static Script Silent { get; } = (_, _) => Task.FromResult<IEnumerable<byte[]>>([]);

    /// <summary>An answer with A records of 192.0.2.x, or a failure.</summary>
    public static byte[] Address(byte[] query, byte last = 1, uint ttl = 60, int count = 1, int code = 0)
    {
        int end = QuestionEnd(query);
        var answer = new List<byte>(query[..end]);
        byte[] header = [query[0], query[1], (byte)(0x80 | query[2]), (byte)(0x80 | code), 0, 1, 0, (byte)(code == 0 ? count : 0), 0, 0, 0, 0];
        for (int i = 0; i < header.Length; i++)
            answer[i] = header[i];
        for (int i = 0; i < count && code == 0; i++)
            answer.AddRange([0xc0, 12, 0, 1, 0, 1, (byte)(ttl >> 24), (byte)(ttl >> 16), (byte)(ttl >> 8), (byte)ttl, 0, 4, 192, 0, 2, (byte)(last + i)]);
        return [.. answer];
    }

    public static byte[] Truncated(byte[] query)
    {
        byte[] answer = Address(query, count: 0);
        answer[2] |= 2;
        return answer;
    }

    public static int QuestionEnd(byte[] query)
    {
        int at = 12;
        while (query[at] != 0)
            at += query[at] + 1;
        return at + 5;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        await _running;
    }

    private async Task ServeUdpAsync()
    {
        byte[] buffer = new byte[65536];
        while (true)
        {
            try
            {
                SocketReceiveFromResult received = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                byte[] query = buffer[..received.ReceivedBytes];
                Seen.Enqueue(("udp", query));
                _ = ReplyAsync(query, received.RemoteEndPoint, ++_count);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that closed its socket.
            }
        }
    }

    private async Task ReplyAsync(byte[] query, EndPoint client, int number)
    {
        try
        {
            foreach (byte[] answer in await _byUdp(query, number))
                await _udp.SendToAsync(answer, client, _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using Socket client = await _tcp.AcceptAsync(_stop.Token);
                using var stream = new NetworkStream(client);
                byte[] prefix = new byte[2];
                await stream.ReadExactlyAsync(prefix, _stop.Token);
                byte[] query = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                await stream.ReadExactlyAsync(query, _stop.Token);
                Seen.Enqueue(("tcp", query));
                foreach (byte[] answer in await _byTcp!(query, ++_count))
                    await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)answer.Length, .. answer], _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException or SocketException)
        {
            // The test is over.
        }
    }
}
