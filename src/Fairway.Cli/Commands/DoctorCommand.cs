using Fairway.Cli.CommandLine;
using Fairway.Cli.Doctor;
using Fairway.Cli.Output;

namespace Fairway.Cli.Commands;

/// <summary><c>fairway doctor</c>.</summary>
internal static class DoctorCommand
{
    public static CliCommand Create() => new CliCommand("doctor", "Looks for what stands in the way on this host, and says what to do about it; works without a daemon")
    {
        Examples = """
            fairway doctor
            fairway doctor --output json | jq '.Items[] | select(.Level != "Ok")'
            """,
    }
    .Does(async session =>
    {
        var results = Diagnosis.Of(await HostReader.ReadAsync(session));
        session.Write("Finding", results, terminal => Write(terminal, results));
        return Diagnosis.ExitCodeOf(results);
    });

    public static void Write(Terminal terminal, IReadOnlyList<CheckResult> results)
    {
        var width = results.Max(result => result.Check.Length);
        foreach (var result in results)
        {
            var level = result.Level.ToString().ToLowerInvariant().PadRight(4).In(PaintOf(result.Level), terminal.Colour);
            terminal.Out.WriteLine($"{level}  {result.Check.PadRight(width)}  {result.Message}");
            if (result.Remedy is { } remedy)
                terminal.Out.WriteLine($"{new string(' ', width + 8)}-> {remedy}");
        }
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(Summary(results));
    }

    private static string Summary(IReadOnlyList<CheckResult> results)
    {
        var (failures, warnings) = (results.Count(result => result.Level == CheckLevel.Fail), results.Count(result => result.Level == CheckLevel.Warn));
        return (failures, warnings) switch
        {
            (0, 0) => "nothing is in the way",
            (0, _) => $"{Text.Count(warnings, "warning")}, nothing is in the way",
            (_, 0) => Text.Count(failures, "problem"),
            _ => $"{Text.Count(failures, "problem")}, {Text.Count(warnings, "warning")}",
        };
    }

    private static Paint PaintOf(CheckLevel level) => level switch
    {
        CheckLevel.Ok => Paint.Green,
        CheckLevel.Warn => Paint.Yellow,
        _ => Paint.Red,
    };
}
