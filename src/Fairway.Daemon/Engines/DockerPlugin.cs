using Fairway.Api.Access;
using Fairway.Api.Docker;
using Fairway.Daemon.Arguments;
using Fairway.Daemon.Listening;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;

namespace Fairway.Daemon.Engines;

/// <summary>Docker's drivers, where they are wanted. A host can do without: what keeps them from being served is told, and the rest goes on.</summary>
internal sealed class DockerPlugin(DaemonOptions options, ILoggerFactory logging, TimeProvider clock)
{
    private readonly ILogger _logger = logging.CreateLogger<DockerPlugin>();

    /// <summary>The plugin's socket: Docker calls the driver what the file is called.</summary>
    public static string? SocketOf(DaemonOptions options) => options.DockerPlugins is { } directory ? Path.Combine(directory, $"{options.Instance}.sock") : null;

    /// <summary>Serves the drivers until disposed of; null when they are not served.</summary>
    public async Task<DockerServer?> StartAsync(IHostNetworking host, PeerAccess access)
    {
        if (SocketOf(options) is not { } path) return null;
        try
        {
            var server = DockerServer.Build(new DockerParts
            {
                Host = host,
                Listener = ApiSocket.Listen(path, access.GroupId),
                Identify = ApiSocket.Identify,
                Access = access,
                DockerSocket = options.DockerSocket,
                Logging = logging,
                Clock = clock,
            });
            await server.StartAsync(CancellationToken.None);
            return server;
        }
        catch (FairwayException refused)
        {
            _logger.LogError("serve Docker's drivers: {Cause}; everything else is served", refused.Message);
            return null;
        }
    }
}
