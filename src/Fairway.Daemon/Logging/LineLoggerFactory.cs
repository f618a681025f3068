namespace Fairway.Daemon.Logging;

/// <summary>Makes loggers that write lines.</summary>
internal sealed class LineLoggerFactory(LineWriter writer) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) =>
        new LineLogger(writer, categoryName.StartsWith("Fairway", StringComparison.Ordinal) ? LogLevel.Information : LogLevel.Warning);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("there is one way out: standard error");

    public void Dispose()
    {
    }
}
