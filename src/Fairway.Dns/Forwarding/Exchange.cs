using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Forwarding;

/// <summary>Asks one upstream once. Every exchange has a socket of its own: a random source port besides the random id, and the kernel
/// passes up only what comes from the upstream's address and port.</summary>
internal static class Exchange
{
    // A longer datagram counts as truncated: the answer is fetched by TCP.
    private const int LargestDatagram = 4096;

    // Datagrams that are no answer to our question: more than that is somebody guessing, and TCP cannot be guessed into.
    private const int MostStrays = 32;

    /// <summary>Asks by UDP, then by TCP when the answer does not fit a datagram.</summary>
    public static async Task<ExchangeResult> ByUdpAsync(IPEndPoint server, UpstreamQuery query, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(LargestDatagram);
        try
        {
            int length = await AskByUdpAsync(server, query, buffer, cancellation).ConfigureAwait(false);
            byte[]? datagram = length > 0 && length < LargestDatagram ? buffer[..length] : null;
            if (datagram is not null && !IsTruncated(datagram))
                return ExchangeResult.Answered(datagram);
            ExchangeResult whole = await ByTcpAsync(server, query, cancellation).ConfigureAwait(false);
            return whole.Message is null && datagram is not null ? ExchangeResult.Answered(datagram) : whole;
        }
        catch (SocketException e)
        {
            return ExchangeResult.Failed(e.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Asks by TCP, one connection per question.</summary>
    public static async Task<ExchangeResult> ByTcpAsync(IPEndPoint server, UpstreamQuery query, CancellationToken cancellation)
    {
        try
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server, cancellation).ConfigureAwait(false);
            using var stream = new NetworkStream(socket);
            await stream.WriteAsync(query.Framed, cancellation).ConfigureAwait(false);
            byte[] prefix = new byte[2];
            await stream.ReadExactlyAsync(prefix, cancellation).ConfigureAwait(false);
            byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            await stream.ReadExactlyAsync(message, cancellation).ConfigureAwait(false);
            return query.IsAnsweredBy(message, out _) ? ExchangeResult.Answered(message) : ExchangeResult.Failed("answered another question");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return ExchangeResult.Failed(e.Message);
        }
    }

    // The length of the answer, or 0 when too many strays came.
    private static async Task<int> AskByUdpAsync(IPEndPoint server, UpstreamQuery query, byte[] buffer, CancellationToken cancellation)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellation).ConfigureAwait(false);
        await socket.SendAsync(query.Datagram, SocketFlags.None, cancellation).ConfigureAwait(false);
        for (int strays = 0; strays < MostStrays; strays++)
        {
            int length = await socket.ReceiveAsync(buffer.AsMemory(0, LargestDatagram), SocketFlags.None, cancellation).ConfigureAwait(false);
            if (query.IsAnsweredBy(buffer.AsSpan(0, length), out _))
                return length;
        }
        return 0;
    }

    private static bool IsTruncated(byte[] message) => DnsHeader.TryRead(message, out DnsHeader header) && header.Has(HeaderFlags.Truncated);
}
