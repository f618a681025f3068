using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Forwarding;

namespace Fairway.Dns.Serving;

/// <summary>
/// The UDP socket for questions that were meant for other servers: whoever asked gets the answer from the address it asked. Questions at the
/// network's own addresses come to <see cref="UdpService"/>, whose sockets are bound to them.
/// </summary>
internal sealed class AnyServerService(Socket socket, QueryPipeline pipeline, ResolverOptions options)
{
    // The rest of a longer one is cut off, which makes it malformed.
    private const int LargestQuery = 2048;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly IPEndPoint _any = new(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);

    public async Task RunAsync(CancellationToken cancellation)
    {
        byte[] query = new byte[LargestQuery], reply = new byte[Wire.Query.LargestPayloadSize];
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                SocketReceiveMessageFromResult got = await socket.ReceiveMessageFromAsync(query, SocketFlags.None, _any, cancellation).ConfigureAwait(false);
                var client = (IPEndPoint)got.RemoteEndPoint;
                IPAddress server = got.PacketInformation.Address;
                Opening opening = pipeline.Open(query.AsSpan(0, got.ReceivedBytes), client.Address, byTcp: false, reply);
                if (opening.Forward is { } forward)
                    _ = CompleteAsync(forward, client, server, cancellation);
                else if (opening.Length > 0)
                    options.AnswerFrom!(socket, reply.AsSpan(0, opening.Length), client, server);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception e)
            {
                // A client that left, a defect, or a device that went: none may end the service for those who are well.
                options.Log?.Invoke($"serve DNS for other servers at '{socket.LocalEndPoint}': {e.Message}");
                await Task.Delay(s_pause, options.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task CompleteAsync(ForwardedQuery query, IPEndPoint client, IPAddress server, CancellationToken cancellation)
    {
        try
        {
            // Sending the question must not hold up the receive loop.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            byte[] reply = await pipeline.CompleteAsync(query, client.Address, cancellation).ConfigureAwait(false);
            options.AnswerFrom!(socket, reply, client, server);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The service stopped: nobody is waiting.
        }
    }
}
