using Fairway.Daemon.Arguments;
using Fairway.Daemon.Engines;
using Fairway.Daemon.Listening;
using Fairway.Daemon.Logging;
using Fairway.Daemon.Startup;
using Fairway.Dataplane;
using Fairway.Engine;
using Fairway.Engine.Drivers;
using Fairway.Model.Errors;

namespace Fairway.Daemon;

/// <summary>Takes away what an instance made. The kernel's own marks tell what that is; the store only tells what host settings were before.</summary>
internal sealed class Uninstallation(DaemonOptions options, ILoggerFactory logging)
{
    private readonly ILogger _logger = logging.CreateLogger<Uninstallation>();

    public void Run()
    {
        HostRequirements.Check();
        if (!Directory.Exists(options.StateDirectory))
        {
            Remove(new LostSettings());
            return;
        }
        try
        {
            var engine = HostEngine.Open(new EngineOptions { Instance = options.Instance, StateDirectory = options.StateDirectory }, TimeProvider.System, EngineLog.To(logging));
            try
            {
                Remove(engine.Settings);
            }
            finally
            {
                engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
        }
        catch (FairwayException damaged) when (damaged.Kind == ErrorKind.Internal)
        {
            _logger.LogWarning("{Cause}; what host settings were before is not known, so they stay as they are", damaged.Message);
            Remove(new LostSettings());
        }
    }

    private void Remove(ISettingRecord settings)
    {
        new Uninstaller(new DataplaneOptions { Instance = options.Instance }, settings).Run();
        ApiSocket.Remove(options.SocketPath, options.RuntimeDirectory);
        if (DockerPlugin.SocketOf(options) is { } plugin && Path.Exists(plugin)) File.Delete(plugin);
        _logger.LogInformation("instance '{Instance}' is taken away", options.Instance);
        if (Directory.Exists(options.StateDirectory))
            _logger.LogInformation("its store in '{State}' is kept; delete it to forget its networks for good", options.StateDirectory);
    }
}
