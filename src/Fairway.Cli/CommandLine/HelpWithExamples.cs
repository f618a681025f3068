using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Fairway.Cli.CommandLine;

/// <summary>The library's help, with the command's examples below it.</summary>
internal sealed class HelpWithExamples(HelpAction inner, int width) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        inner.MaxWidth = width;
        var code = inner.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CliCommand { Examples: { } examples })
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var line in examples.Split('\n'))
                output.WriteLine("  " + line);
            output.WriteLine();
        }
        return code;
    }
}
