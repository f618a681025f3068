using Fairway.Engine.Diagnostics;

namespace Fairway.Daemon.Logging;

/// <summary>Passes on what the engine tells. Its sentences name the cause already; the exception behind an error is a defect's only trace.</summary>
internal static class EngineLog
{
    public static Action<EngineMessage> To(ILoggerFactory logging)
    {
        var logger = logging.CreateLogger("Fairway.Engine");
        return message => logger.Log(LevelOf(message.Severity), message.Severity == Severity.Error ? message.Cause : null, "{Text}", message.Text);
    }

    private static LogLevel LevelOf(Severity severity) => severity switch
    {
        Severity.Error => LogLevel.Error,
        Severity.Warning => LogLevel.Warning,
        _ => LogLevel.Information,
    };
}
