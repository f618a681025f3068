namespace Fairway.Daemon.Arguments;

/// <summary>What fairwayd is asked to do.</summary>
internal enum DaemonMode
{
    Serve,
    Uninstall,
    Version,
    Help,
}
