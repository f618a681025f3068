using Fairway.Daemon.Logging;
using Microsoft.Extensions.Logging;

namespace Fairway.Api.Tests.Daemon;

public sealed class LineWriterTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Terminal_GetsTimeAndLevelInWords()
    {
        new LineWriter(_output, TimeProvider.System, journal: false).Write(LogLevel.Warning, "careful");

        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} warning  careful\n$", _output.ToString());
    }

    [Theory]
    [InlineData(LogLevel.Critical, "<2>text\n")]
    [InlineData(LogLevel.Error, "<3>text\n")]
    [InlineData(LogLevel.Warning, "<4>text\n")]
    [InlineData(LogLevel.Information, "<6>text\n")]
    [InlineData(LogLevel.Debug, "<7>text\n")]
    public void Journal_GetsThePriorityAndNoTime(LogLevel level, string line)
    {
        new LineWriter(_output, TimeProvider.System, journal: true).Write(level, "text");

        Assert.Equal(line, _output.ToString());
    }

    [Fact]
    public void Message_OfSeveralLines_StaysOne()
    {
        new LineWriter(_output, TimeProvider.System, journal: true).Write(LogLevel.Error, "first\nsecond\r\nthird");

        Assert.Equal("<3>first | second | third\n", _output.ToString());
    }

    [Fact]
    public void Loggers_TellOursFromInformationAndOthersFromWarning()
    {
        using var factory = new LineLoggerFactory(new LineWriter(_output, TimeProvider.System, journal: true));
        foreach (var category in new[] { "Fairway.Api.Something", "Microsoft.AspNetCore.Something" })
        {
            var logger = factory.CreateLogger(category);
            logger.LogDebug("{Category} debug", category[..3]);
            logger.LogInformation("{Category} information", category[..3]);
            logger.LogError(new InvalidOperationException("cause"), "{Category} error", category[..3]);
        }

        Assert.Equal("<6>Fai information\n<3>Fai error: System.InvalidOperationException: cause\n<3>Mic error: System.InvalidOperationException: cause\n", _output.ToString());
    }
}
