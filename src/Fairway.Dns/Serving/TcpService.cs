using System.Net;
using System.Net.Sockets;

namespace Fairway.Dns.Serving;

/// <summary>One listening TCP socket.</summary>
internal sealed class TcpService(Socket listener, QueryPipeline pipeline, SharedParts shared)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                Socket socket = await listener.AcceptAsync(cancellation).ConfigureAwait(false);
                _ = ServeAsync(socket, cancellation);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors, or a client that hung up in the queue.
                shared.Options.Log?.Invoke($"accept DNS connections at '{listener.LocalEndPoint}': {e.Message}");
                await Task.Delay(s_pause, shared.Options.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellation)
    {
        using (socket)
        {
            if (socket.RemoteEndPoint is not IPEndPoint { Address: var address })
                return;
            var client = new Client(pipeline.Network, address);
            if (!shared.Connections.TryEnter(client))
            {
                Counters.Add(ref shared.Counters.Overloads);
                return;
            }
            try
            {
                socket.NoDelay = true;
                using var connection = new TcpConnection(socket, address, pipeline, shared.Options);
                await connection.RunAsync(cancellation).ConfigureAwait(false);
            }
            finally
            {
                shared.Connections.Leave(client);
            }
        }
    }
}
