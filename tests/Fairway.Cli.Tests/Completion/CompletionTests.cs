using System.Diagnostics;
using Fairway.Cli.Completion;
using Fairway.Cli.Tests.Fixtures;

namespace Fairway.Cli.Tests.Completion;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("fairway net", "network")]
    [InlineData("fairway network ", "add-subnet", "create", "delete", "list", "remove-subnet", "show")]
    [InlineData("/opt/bin/fairway network sh", "show")]
    [InlineData("fairway network show ", "db", "web")]
    [InlineData("fairway network show w", "web")]
    [InlineData("fairway network delete db w", "web")]
    [InlineData("fairway endpoint create x --network ", "db", "web")]
    [InlineData("fairway endpoint create x --network web --namesp", "--namespace")]
    [InlineData("fairway endpoint create x --network web --namespace ", "c1")]
    [InlineData("fairway network create x --type i", "internal")]
    [InlineData("fairway network list -o ", "json", "table")]
    [InlineData("fairway route ", "create", "delete", "list", "show")]
    [InlineData("fairway route show of", "office")]
    [InlineData("fairway route create x --endpoint sp", "spare")]
    [InlineData("fairway exec c1 -- pi")]
    public async Task Words_AreCompleted(string line, params string[] expected)
    {
        await using var daemon = Sample.Daemon();
        Assert.Equal(expected, await CompleteAsync(daemon, "bash", line));
    }

    [Fact]
    public async Task Descriptions_GoToShellsThatShowThem()
    {
        await using var daemon = Sample.Daemon();
        Assert.Contains("list\tLists the networks", await CompleteAsync(daemon, "zsh", "fairway network l"));
        Assert.Contains("list\tLists the networks", await CompleteAsync(daemon, "fish", "fairway network l"));
    }

    [Fact]
    public async Task WithoutADaemon_CommandsAreCompletedAndNamesAreNot()
    {
        var names = await CommandRun.WithoutDaemonAsync("complete", "bash", "fairway --socket /run/no-such-fairway/s network show ");
        Assert.Equal("", names.Succeeded());
        var commands = await CommandRun.WithoutDaemonAsync("complete", "bash", "fairway --socket /run/no-such-fairway/s net");
        Assert.Equal("network\n", commands.Succeeded());
    }

    [Fact]
    public async Task Completion_PrintsTheScript()
    {
        foreach (var shell in CompletionScripts.Shells)
            Assert.Equal(CompletionScripts.Of(shell), (await CommandRun.WithoutDaemonAsync("completion", shell)).Succeeded());
    }

    /// <summary>Real bash, with a stand-in for the command that answers from a list.</summary>
    [Theory]
    [InlineData("fairway netw", "network")]
    [InlineData("fairway endpoint show web/", "web/c1 web/c2")]
    [InlineData("fairway port unpublish c1 127.0.0.1:80", "8080")]
    [InlineData("fairway port unpublish c1 127.0.0.1:", "8080 9090")]
    public async Task BashScript_CompletesInBash(string line, string expected)
    {
        var script = CompletionScripts.Of("bash") + $$"""
            fairway() { printf '%s\n' network namespace web/c1 web/c2 127.0.0.1:8080 127.0.0.1:9090; }
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            # As bash breaks words: at blanks, and colons are words of their own.
            IFS=' ' read -ra COMP_WORDS <<<"${COMP_LINE//:/ : }"
            [[ "$COMP_LINE" == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _fairway
            echo "${COMPREPLY[*]}"
            complete -p fairway >&2
            """;
        var (output, error) = await BashAsync(script);
        Assert.Equal(expected, output.TrimEnd('\n'));
        Assert.Contains("-F _fairway fairway", error, StringComparison.Ordinal);
    }

    private static async Task<string[]> CompleteAsync(FakeDaemon daemon, string shell, string line)
    {
        var words = line.Split(' ', 2);
        var run = await CommandRun.WithoutDaemonAsync("complete", shell, $"{words[0]} --socket {daemon.SocketPath} {words[1]}");
        return [.. run.Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private static async Task<(string Output, string Error)> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (output, await error);
    }
}
