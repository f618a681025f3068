using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;

namespace Fairway.Cli.Tests.Fixtures;

/// <summary>One run of the command line inside the test's process.</summary>
internal sealed record CommandRun(int Code, string Out, string Error)
{
    public static async Task<CommandRun> Async(FakeDaemon daemon, params string[] args) => await Async(colour: false, [.. args, "--socket", daemon.SocketPath]);

    public static Task<CommandRun> WithoutDaemonAsync(params string[] args) => Async(colour: false, args);

    public static async Task<CommandRun> Async(bool colour, string[] args, CancellationToken cancellation = default)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var code = await FairwayCommand.RunAsync(args, new Terminal(output, error, colour, colour), TimeProvider.System, cancellation);
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Asserts success and answers what was printed.</summary>
    public string Succeeded()
    {
        Assert.Equal(("", 0), (Error, Code));
        return Out;
    }

    /// <summary>Asserts a failure with its code and answers what was said.</summary>
    public string Failed(int code)
    {
        Assert.True(Code == code, $"exit code {Code}, not {code}: {Out}{Error}");
        Assert.Equal("", Out);
        return Error.TrimEnd('\n');
    }
}
