using System.CommandLine;
using Fairway.Cli.Output;

namespace Fairway.Cli.CommandLine;

/// <summary>What a run of the command line gets from its surroundings, so that tests can stand in for them.</summary>
internal sealed class Invocation : InvocationConfiguration
{
    public Invocation(Terminal terminal, TimeProvider time)
    {
        Terminal = terminal;
        Time = time;
        Output = terminal.Out;
        Error = terminal.Error;
        // Failures and signals are handled here, not by the library.
        EnableDefaultExceptionHandler = false;
        ProcessTerminationTimeout = null;
    }

    public Terminal Terminal { get; }
    public TimeProvider Time { get; }
}
