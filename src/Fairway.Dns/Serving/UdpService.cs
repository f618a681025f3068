using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Forwarding;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Serving;

/// <summary>One UDP socket. Names of ours are answered in the receive loop itself; what is forwarded goes on beside it.</summary>
internal sealed class UdpService(Socket socket, QueryPipeline pipeline, TimeProvider time, Action<string>? log)
{
    // The rest of a longer one is cut off, which makes it malformed.
    private const int LargestQuery = 2048;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly IPEndPoint _any = new(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);

    public async Task RunAsync(CancellationToken cancellation)
    {
        byte[] query = new byte[LargestQuery], reply = new byte[Query.LargestPayloadSize];
        var client = new SocketAddress(socket.AddressFamily);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                int length = await socket.ReceiveFromAsync(query, SocketFlags.None, client, cancellation).ConfigureAwait(false);
                IPAddress address = ((IPEndPoint)_any.Create(client)).Address;
                Opening opening = pipeline.Open(query.AsSpan(0, length), address, byTcp: false, reply);
                if (opening.Forward is { } forward)
                    _ = CompleteAsync(forward, address, Copy(client), cancellation);
                else if (opening.Length > 0)
                    await socket.SendToAsync(reply.AsMemory(0, opening.Length), SocketFlags.None, client, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset
                or SocketError.HostUnreachable or SocketError.NetworkUnreachable)
            {
                // A client that left before its answer came.
            }
            catch (Exception e)
            {
                // A defect, or a device that went: neither may end the service for those who are well.
                log?.Invoke($"serve DNS at '{socket.LocalEndPoint}': {e.Message}");
                await Task.Delay(s_pause, time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task CompleteAsync(ForwardedQuery query, IPAddress address, SocketAddress client, CancellationToken cancellation)
    {
        try
        {
            // Sending the question must not hold up the receive loop.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            byte[] reply = await pipeline.CompleteAsync(query, address, cancellation).ConfigureAwait(false);
            await socket.SendToAsync(reply, SocketFlags.None, client, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The service stopped or the client went: nobody is waiting.
        }
    }

    private static SocketAddress Copy(SocketAddress client)
    {
        var copy = new SocketAddress(client.Family, client.Size);
        client.Buffer.Span[..client.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
