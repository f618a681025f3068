using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Fairway.Api.Tests.Fixtures;

/// <summary>Keeps what the server logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    public ConcurrentQueue<(LogLevel Level, string Text)> All { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Line(this);

    public void Dispose()
    {
    }

    private sealed class Line(LogLines owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.All.Enqueue((logLevel, $"{formatter(state, exception)} {exception?.Message}"));
    }
}
