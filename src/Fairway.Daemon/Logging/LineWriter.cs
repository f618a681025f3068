namespace Fairway.Daemon.Logging;

/// <summary>
/// Writes one line per message to standard error. The journal adds the time and reads the level from a prefix (sd-daemon(3)); a terminal or a
/// file gets both in words.
/// </summary>
internal sealed class LineWriter(TextWriter output, TimeProvider clock, bool journal)
{
    public void Write(LogLevel level, string message)
    {
        var line = message.ReplaceLineEndings(" | ");
        output.WriteLine(journal ? $"<{Priority(level)}>{line}" : $"{clock.GetLocalNow():yyyy-MM-dd HH:mm:ss.fff} {Word(level)} {line}");
    }

    /// <summary>systemd sets JOURNAL_STREAM for programs whose output it reads.</summary>
    public static bool IsJournal() => Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null;

    private static int Priority(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error   ",
        LogLevel.Warning => "warning ",
        LogLevel.Information => "info    ",
        _ => "debug   ",
    };
}
