using Fairway.Api.Docker.Ipam;
using Fairway.Api.Docker.Networks;
using Fairway.Api.Docker.Watching;
using Fairway.Api.Transport;

namespace Fairway.Api.Docker;

/// <summary>
/// Docker's network and IPAM drivers on a plugin socket, and the follower that learns from Docker what containers are called. The two never meet in
/// a request: Docker waits for its drivers, and would wait for itself.
/// </summary>
public sealed class DockerServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly DockerFollower _follower;
    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;

    private DockerServer(WebApplication application, DockerFollower follower)
    {
        _application = application;
        _follower = follower;
    }

    /// <summary>Puts the server together.</summary>
    public static DockerServer Build(DockerParts parts)
    {
        var application = DoorApplication.Build(parts.Listener, parts.Identify, parts.Logging, parts.Clock);
        var follower = new DockerFollower(new DockerClient(parts.DockerSocket), parts.Host, parts.Clock, parts.Logging.CreateLogger<DockerFollower>());
        application.Use(new PluginBoundary(parts.Access, parts.Logging.CreateLogger<PluginBoundary>()).InvokeAsync);
        application.Use((context, next) =>
        {
            follower.DockerIsThere();
            return next(context);
        });
        application.UseRouting();
        var pools = new OfferedPools(parts.Host, parts.Clock);
        new IpamDriver(parts.Host, pools).Map(application);
        new NetworkDriver(parts.Host, pools).Map(application);
        return new DockerServer(application, follower);
    }

    /// <summary>Begins to accept requests and to follow Docker.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await _application.StartAsync(cancellation);
        _following = _follower.RunAsync(_stop.Token);
    }

    /// <summary>Accepts nothing more and lets requests finish until <paramref name="cancellation"/>.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _following;
        await _application.StopAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        await _application.DisposeAsync();
        _follower.Dispose();
        _stop.Dispose();
    }
}
