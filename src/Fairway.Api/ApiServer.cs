using Fairway.Api.Access;
using Fairway.Api.Errors;
using Fairway.Api.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fairway.Api;

/// <summary>The HTTP server on the daemon's socket.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ApiServer(WebApplication application) => _application = application;

    /// <summary>Puts the server together. Nothing is read from configuration files or the environment: ASPNETCORE_URLS must not open a port.</summary>
    public static ApiServer Build(ApiParts parts)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(parts.Logging).AddSingleton(parts.Clock).AddRoutingCore();
        builder.Services.AddSingleton<IConnectionListenerFactory>(_ =>
            new HttpDoor(parts.Listener, parts.Identify, parts.Clock, parts.Logging.CreateLogger<HttpDoor>()));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Configure(options, parts.Listener.LocalEndPoint?.ToString() ?? "socket"));

        var application = builder.Build();
        application.Use(new ErrorBoundary(parts.Logging.CreateLogger<ErrorBoundary>()).InvokeAsync);
        application.Use(new AccessGate(parts.Access).InvokeAsync);
        application.UseRouting();
        ApiRoutes.Map(application, parts, application.Lifetime.ApplicationStopping);
        return new ApiServer(application);
    }

    /// <summary>Begins to accept connections.</summary>
    public Task StartAsync(CancellationToken cancellation) => _application.StartAsync(cancellation);

    /// <summary>Accepts nothing more, ends event streams and lets other requests finish until <paramref name="cancellation"/>.</summary>
    public Task StopAsync(CancellationToken cancellation) => _application.StopAsync(cancellation);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <summary>All routes, for the test that compares them with the OpenAPI document.</summary>
    internal IEnumerable<RouteEndpoint> Routes => ((IEndpointRouteBuilder)_application).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

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
