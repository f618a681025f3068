namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>What a program printed and how it ended.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>The output of a program that must have succeeded.</summary>
    public string Expect(int exitCode = 0)
    {
        Assert.True(ExitCode == exitCode, $"{Command}: exit code {ExitCode}, expected {exitCode}\n{Output}\n{Errors}");
        return exitCode == 0 ? Output : Errors;
    }
}
