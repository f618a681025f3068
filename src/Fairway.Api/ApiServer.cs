using Fairway.Api.Access;
using Fairway.Api.Errors;
using Fairway.Api.Transport;

namespace Fairway.Api;

/// <summary>The HTTP server on the daemon's socket.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ApiServer(WebApplication application) => _application = application;

    /// <summary>Puts the server together.</summary>
    public static ApiServer Build(ApiParts parts)
    {
        var application = DoorApplication.Build(parts.Listener, parts.Identify, parts.Logging, parts.Clock, parts.Remote);
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
}
