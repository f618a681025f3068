namespace Fairway.Daemon.Logging;

/// <summary>Our own messages from Information up, the framework's from Warning up. An exception is told whole: it is a defect, or somebody's clue.</summary>
internal sealed class LineLogger(LineWriter writer, LogLevel minimum) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var text = formatter(state, exception);
        writer.Write(logLevel, exception is null ? text : $"{text}: {exception}");
    }
}
