using System.Net.Sockets;
using System.Security.Authentication;
using Fairway.Api.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Fairway.Api.Transport;

/// <summary>An empty application behind a door. Nothing is read from configuration files or the environment: ASPNETCORE_URLS must not open a port.</summary>
internal static class DoorApplication
{
    public static WebApplication Build(Socket listener, Func<Socket, Peer> identify, ILoggerFactory logging, TimeProvider clock, RemoteAccess? remote = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging).AddSingleton(clock).AddRoutingCore();
        builder.Services.AddSingleton<IConnectionListenerFactory>(_ => new HttpDoor(listener, identify, clock, logging.CreateLogger<HttpDoor>()));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            Configure(options, listener.LocalEndPoint?.ToString() ?? "socket");
            if (remote is not null) options.Listen(remote.Address, listen => Serve(listen, remote));
        });
        // Kestrel's own sockets, beside the door: it asks each which addresses it can bind.
        if (remote is not null) builder.Services.AddSingleton<IConnectionListenerFactory, SocketTransportFactory>();
        return builder.Build();
    }

    private static void Configure(KestrelServerOptions options, string path)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = ApiLimits.BodyBytes;
        options.Limits.MaxConcurrentConnections = ApiLimits.Connections;
        options.Limits.RequestHeadersTimeout = ApiLimits.Headers;
        options.Limits.KeepAliveTimeout = ApiLimits.Idle;
        // A stream whose reader is slow waits for it: the switch counts what it misses. Kestrel would cut it off at 240 bytes a second.
        options.Limits.MinResponseDataRate = null;
        foreach (var protocol in new[] { HttpProtocols.Http1, HttpProtocols.Http2 })
            options.Listen(new HttpDoorEndPoint(path, protocol), listen => listen.Protocols = protocol);
    }

    /// <summary>TLS with certificates on both sides, before a byte of a request is read; it also negotiates the version of HTTP.</summary>
    private static void Serve(ListenOptions listen, RemoteAccess remote)
    {
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = remote.Certificate,
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = remote.Admits,
        });
        listen.Use(next => connection =>
        {
            connection.Features.Set(Peer.Certified);
            return next(connection);
        });
    }
}
