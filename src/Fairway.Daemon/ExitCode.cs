namespace Fairway.Daemon;

/// <summary>Exit codes of fairwayd (docs/spec/daemon.md).</summary>
internal static class ExitCode
{
    /// <summary>It was asked to stop, or did what it was asked to.</summary>
    public const int Success = 0;

    /// <summary>It could not start or go on; one sentence on standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>The options make no sense.</summary>
    public const int Usage = 2;
}
