using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Fairway.Api.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Fairway.Api.Transport;

/// <summary>
/// Kestrel's transport: one listening socket for both versions of HTTP. Kestrel itself chooses a version per endpoint unless TLS negotiates it,
/// and a second socket would be a second thing to protect. Each connection is asked who it is before anything else.
/// </summary>
internal sealed class HttpDoor(Socket listener, Func<Socket, Peer> identify, TimeProvider clock, ILogger logger)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    /// <summary>A client may connect early and speak late, as long as an idle connection may last anyway.</summary>
    private static readonly TimeSpan s_firstByte = TimeSpan.FromSeconds(130);

    /// <summary>Out of descriptors: the next accept would fail at once, so wait until some are closed.</summary>
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromMilliseconds(100);

    private readonly SocketConnectionContextFactory _contexts = new(new SocketConnectionFactoryOptions(), logger);
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<HttpProtocols, HttpDoorListener> _sides = [];
    private Task? _accepting;

    public bool CanBind(EndPoint endpoint) => endpoint is HttpDoorEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var side = new HttpDoorListener(endpoint, CloseAsync);
        _sides.Add(((HttpDoorEndPoint)endpoint).Protocol, side);
        if (_sides.Count == 2) _accepting = AcceptAsync();
        return ValueTask.FromResult<IConnectionListener>(side);
    }

    public void Dispose()
    {
        listener.Dispose();
        _closing.Dispose();
        _contexts.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                _ = SortAsync(await listener.AcceptAsync(_closing.Token));
            }
            catch (SocketException refused)
            {
                logger.LogWarning("accept connection: {Cause}", refused.Message);
                await Task.Delay(s_afterFailure, clock, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "one connection's trouble, whatever it is, must not end the accept loop")]
    private async Task SortAsync(Socket socket)
    {
        ConnectionContext? connection = null;
        try
        {
            var peer = identify(socket);
            connection = _contexts.Create(socket);
            connection.Features.Set(peer);
            using var deadline = new CancellationTokenSource(s_firstByte, clock);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, deadline.Token);
            var http2 = await HttpVersionProbe.SpeaksHttp2Async(connection.Transport.Input, patience.Token);
            if (http2 is { } second && _sides[second ? HttpProtocols.Http2 : HttpProtocols.Http1].Add(connection)) return;
        }
        catch (Exception reason)
        {
            logger.LogDebug("connection closed before its first request: {Cause}", reason.Message);
        }
        if (connection is null) socket.Dispose();
        else await connection.DisposeAsync();
    }

    private async ValueTask CloseAsync()
    {
        await _closing.CancelAsync();
        if (_accepting is not null) await _accepting;
        listener.Dispose();
    }
}
