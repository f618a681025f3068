using System.Net;
using System.Net.Sockets;

namespace Fairway.Dns.Serving;

/// <summary>One listening TCP socket.</summary>
internal sealed class TcpService(Socket listener, QueryPipeline pipeline, ResolverOptions options, Counters counters)
{
    private const int MostConnectionsPerClient = 32;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly ClientQuota _quota = new(MostConnectionsPerClient);

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
                options.Log?.Invoke($"accept DNS connections at '{listener.LocalEndPoint}': {e.Message}");
                await Task.Delay(s_pause, options.Time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellation)
    {
        using (socket)
        {
            if (socket.RemoteEndPoint is not IPEndPoint { Address: var client })
                return;
            if (!_quota.TryEnter(client))
            {
                Counters.Add(ref counters.Overloads);
                return;
            }
            try
            {
                socket.NoDelay = true;
                using var connection = new TcpConnection(socket, client, pipeline, options);
                await connection.RunAsync(cancellation).ConfigureAwait(false);
            }
            finally
            {
                _quota.Leave(client);
            }
        }
    }
}
