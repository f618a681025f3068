using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Fairway.Api.Transport;

/// <summary>The connections of one HTTP version, as <see cref="HttpDoor"/> sorted them.</summary>
internal sealed class HttpDoorListener(EndPoint endPoint, Func<ValueTask> close) : IConnectionListener
{
    private readonly Channel<ConnectionContext> _sorted = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint => endPoint;

    /// <summary>Hands over a connection; false when the listener is closed.</summary>
    public bool Add(ConnectionContext connection) => _sorted.Writer.TryWrite(connection);

    /// <summary>The next connection, or null when the listener is closed: that is how Kestrel's loop ends.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        await _sorted.Reader.WaitToReadAsync(cancellationToken) && _sorted.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _sorted.Writer.TryComplete();
        return close();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (_sorted.Reader.TryRead(out var connection)) await connection.DisposeAsync();
    }
}
