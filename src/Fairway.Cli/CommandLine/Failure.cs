using System.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Errors;

namespace Fairway.Cli.CommandLine;

/// <summary>Writes why a command failed to standard error, in the asked form.</summary>
internal static class Failure
{
    public static int Write(Terminal terminal, OutputFormat format, FairwayException failure)
    {
        var code = ExitCode.Of(failure.Kind);
        var findings = failure.Findings.IsDefault ? [] : failure.Findings.Select(f => new FindingDocument(f.Path, f.Message)).ToList();
        Write(terminal, format, new FailureDocument(failure.Kind.ToString(), failure.Message, code, findings));
        return code;
    }

    public static int WriteUsage(Terminal terminal, ParseResult parse)
    {
        var format = parse.Errors.Any(e => e.SymbolResult is System.CommandLine.Parsing.OptionResult { Option: Option<OutputFormat> })
            ? OutputFormat.Table
            : parse.GetValue(GlobalOptions.Output);
        Write(terminal, format, new FailureDocument("Usage", UsageError.Describe(parse), ExitCode.Usage, []));
        return ExitCode.Usage;
    }

    private static void Write(Terminal terminal, OutputFormat format, FailureDocument error)
    {
        // What was written so far comes first where both streams are the same terminal.
        terminal.Out.Flush();
        if (format == OutputFormat.Json)
        {
            terminal.Error.WriteLine(JsonText.Indented(new Shape<FailureDocument>("Error", [error])));
        }
        else
        {
            terminal.Error.WriteLine("fairway: ".In(Paint.Red, terminal.ErrorColour) + error.Message);
            // One finding is the message itself.
            foreach (var finding in error.Findings.Count > 1 ? error.Findings : [])
                terminal.Error.WriteLine($"  {finding.Path}: {finding.Message}");
        }
        terminal.Error.Flush();
    }
}
