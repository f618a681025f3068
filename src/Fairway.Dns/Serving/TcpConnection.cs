using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Forwarding;

namespace Fairway.Dns.Serving;

/// <summary>
/// One client's connection (RFC 7766): queries are read one after the other and answered as their answers come. With 64 of them open, or an
/// answer the client does not take, nothing more is read; a client that is silent or does not take its answers is let go.
/// </summary>
internal sealed class TcpConnection(Socket socket, IPAddress client, QueryPipeline pipeline, ResolverOptions options) : IDisposable
{
    private const int MostOpen = 64;
    private const int PrefixSize = 2;

    private readonly SemaphoreSlim _places = new(MostOpen);
    private readonly SemaphoreSlim _writer = new(1);

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await ReadAsync(end).ConfigureAwait(false);
            // The client said its last word; what it asked before is still answered.
            for (int i = 0; i < MostOpen; i++)
                await _places.WaitAsync(end.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Silent for too long, gone, or the service stopped.
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _writer.Dispose();
    }

    private async Task ReadAsync(CancellationTokenSource end)
    {
        byte[] prefix = new byte[PrefixSize];
        while (await FillAsync(prefix, end.Token).ConfigureAwait(false))
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(prefix);
            byte[] message = ArrayPool<byte>.Shared.Rent(length);
            try
            {
                if (!await FillAsync(message.AsMemory(0, length), end.Token).ConfigureAwait(false))
                    return;
                await _places.WaitAsync(end.Token).ConfigureAwait(false);
                await HandleAsync(message.AsMemory(0, length), end).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(message);
            }
        }
    }

    // Answers at once, or leaves a forwarded query to go on by itself; either gives its place back.
    private async Task HandleAsync(ReadOnlyMemory<byte> message, CancellationTokenSource end)
    {
        byte[] reply = ArrayPool<byte>.Shared.Rent(PrefixSize + ushort.MaxValue);
        try
        {
            Opening opening = pipeline.Open(message.Span, client, byTcp: true, reply.AsSpan(PrefixSize, ushort.MaxValue));
            if (opening.Forward is { } forward)
            {
                _ = CompleteAsync(forward, end);
                return;
            }
            if (opening.Length > 0)
                await SendAsync(reply, opening.Length, end.Token).ConfigureAwait(false);
            _places.Release();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(reply);
        }
    }

    private async Task CompleteAsync(ForwardedQuery query, CancellationTokenSource end)
    {
        try
        {
            byte[] answer = await pipeline.CompleteAsync(query, client, end.Token).ConfigureAwait(false);
            byte[] reply = new byte[PrefixSize + answer.Length];
            answer.CopyTo(reply, PrefixSize);
            await SendAsync(reply, answer.Length, end.Token).ConfigureAwait(false);
            _places.Release();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended meanwhile.
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The client does not take its answers, or is gone.
            await EndAsync(end).ConfigureAwait(false);
        }
    }

    private static async Task EndAsync(CancellationTokenSource end)
    {
        try
        {
            await end.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It has ended.
        }
    }

    private async Task SendAsync(byte[] reply, int length, CancellationToken cancellation)
    {
        BinaryPrimitives.WriteUInt16BigEndian(reply, (ushort)length);
        await _writer.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var patience = new CancellationTokenSource(options.IdleTimeout, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
            ReadOnlyMemory<byte> rest = reply.AsMemory(0, PrefixSize + length);
            while (!rest.IsEmpty)
                rest = rest[await socket.SendAsync(rest, SocketFlags.None, either.Token).ConfigureAwait(false)..];
        }
        finally
        {
            _writer.Release();
        }
    }

    // False when the client closed.
    private async Task<bool> FillAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.IdleTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        while (!buffer.IsEmpty)
        {
            int received = await socket.ReceiveAsync(buffer, SocketFlags.None, either.Token).ConfigureAwait(false);
            if (received == 0)
                return false;
            buffer = buffer[received..];
        }
        return true;
    }
}
