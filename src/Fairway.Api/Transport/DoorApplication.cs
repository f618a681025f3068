using System.Net.Sockets;
using Fairway.Api.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fairway.Api.Transport;

/// <summary>An empty application behind a door. Nothing is read from configuration files or the environment: ASPNETCORE_URLS must not open a port.</summary>
internal static class DoorApplication
{
    public static WebApplication Build(Socket listener, Func<Socket, Peer> identify, ILoggerFactory logging, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging).AddSingleton(clock).AddRoutingCore();
        builder.Services.AddSingleton<IConnectionListenerFactory>(_ => new HttpDoor(listener, identify, clock, logging.CreateLogger<HttpDoor>()));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Configure(options, listener.LocalEndPoint?.ToString() ?? "socket"));
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
}
