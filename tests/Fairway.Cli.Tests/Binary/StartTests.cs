using System.Diagnostics;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Model.Flows;

namespace Fairway.Cli.Tests.Binary;

/// <summary>The published program, started as a user starts it.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Version_IsTheProducts()
        => Assert.Equal($"fairway {Product.Version}\n", (await PublishedCommand.RunAsync("--version")).Succeeded());

    [Theory]
    [InlineData("network-list.txt", "network", "list")]
    [InlineData("network-show.json", "network", "show", "web", "db", "-o", "json")]
    [InlineData("endpoint-list.json", "endpoint", "list", "-o", "json")]
    [InlineData("port-list.txt", "port", "list")]
    [InlineData("version.json", "version", "-o", "json")]
    public async Task Output_IsTheSameAsOfTheTestedCode(string golden, params string[] arguments)
    {
        await using var daemon = Sample.Daemon();
        Golden.Matches(golden, (await PublishedCommand.RunAsync([.. arguments, "--socket", daemon.SocketPath])).Succeeded());
    }

    [Fact]
    public async Task Help_OfEveryCommand_Works()
    {
        foreach (var command in FairwayCommand.Create().Subcommands.Where(command => !command.Hidden))
            Assert.Contains("Usage:", (await PublishedCommand.RunAsync(command.Name, "--help")).Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_Works()
    {
        await using var daemon = Sample.Daemon();
        var run = await PublishedCommand.RunAsync("doctor", "-o", "json", "--socket", daemon.SocketPath);
        Assert.Equal("", run.Error);
        Assert.Contains("\"Check\": \"libbpf\"", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_AreSentences()
    {
        Assert.Contains("(did you mean 'network'?)", (await PublishedCommand.RunAsync("netwrok")).Failed(ExitCode.Usage), StringComparison.Ordinal);
        Assert.Contains("there is no such socket", (await PublishedCommand.RunAsync("network", "list", "--instance", "nosuchfairway")).Failed(ExitCode.Unavailable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_IsTakenFromTheEnvironment_UnlessAnInstanceIsNamed()
    {
        await using var daemon = Sample.Daemon();
        var program = await PublishedCommand.PathAsync();
        Assert.Equal(0, (await BashAsync($"FAIRWAY_SOCKET='{daemon.SocketPath}' '{program}' network list")).Code);
        Assert.Equal(ExitCode.Unavailable, (await BashAsync($"FAIRWAY_SOCKET='{daemon.SocketPath}' '{program}' network list --instance nosuchfairway")).Code);
    }

    [Fact]
    public async Task ReaderThatWentAway_EndsItQuietly()
    {
        var flow = new FlowEvent(DateTimeOffset.UnixEpoch, FlowEventKind.NewFlow, DropReason.None, 6, null, 0, null, 0, "web", "c1", "spare", 60, 0);
        await using var daemon = Sample.Daemon().Streams("GET /v1/flows/events", Enumerable.Repeat(flow, 5000));
        var run = await BashAsync($"'{await PublishedCommand.PathAsync()}' monitor --socket '{daemon.SocketPath}' | head -1; echo ${{PIPESTATUS[0]}}");
        Assert.EndsWith($"c1 -> spare\n{ExitCode.BrokenPipe}\n", run.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_CanWriteToOneFileInTurn()
    {
        await using var daemon = Sample.Daemon();
        var list = $"'{await PublishedCommand.PathAsync()}' network list --socket '{daemon.SocketPath}'";
        var file = Path.GetTempFileName();
        (await BashAsync($"{{ echo begin; {list}; {list}; echo end; }} > {file}")).Succeeded();
        var table = File.ReadAllText(Repository.PathOf("tests/Fairway.Cli.Tests/Golden/network-list.txt"));
        Assert.Equal($"begin\n{table}{table}end\n", File.ReadAllText(file));
        File.Delete(file);
    }

    [Fact]
    public async Task Colour_NeedsATerminal()
    {
        await using var daemon = Sample.Daemon();
        var line = $"{await PublishedCommand.PathAsync()} endpoint list --socket {daemon.SocketPath}";
        Assert.DoesNotContain('\e', (await BashAsync(line)).Out);
        var terminal = (await BashAsync($"env -u NO_COLOR TERM=xterm script -qec '{line}' /dev/null")).Out;
        Assert.StartsWith("\e[1mNAME", terminal, StringComparison.Ordinal);
        Assert.Contains("\e[31mdegraded", terminal, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', (await BashAsync($"NO_COLOR=1 TERM=xterm script -qec '{line}' /dev/null")).Out);
    }

    [Fact]
    public async Task BashCompletion_AsksTheProgram()
    {
        await using var daemon = Sample.Daemon();
        var run = await BashAsync($$"""
            PATH="{{Path.GetDirectoryName(await PublishedCommand.PathAsync())}}:$PATH"
            export FAIRWAY_SOCKET='{{daemon.SocketPath}}'
            source <(fairway completion bash)
            COMP_WORDS=(fairway network show '') COMP_CWORD=3 COMP_LINE='fairway network show ' COMP_POINT=21
            _fairway
            echo "${COMPREPLY[*]}"
            """);
        Assert.Equal("db web", string.Join(' ', run.Succeeded().Trim().Split(' ').Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Interrupt_EndsMonitorWithSuccess()
    {
        await using var daemon = Sample.Daemon().Streams<FlowEvent>("GET /v1/flows/events",
            [new(DateTimeOffset.UnixEpoch, FlowEventKind.NewFlow, DropReason.None, 6, null, 0, null, 0, "web", "c1", "spare", 60, 0)]);
        using var monitor = await PublishedCommand.StartAsync("monitor", "--socket", daemon.SocketPath);
        Assert.Contains("c1 -> spare", await monitor.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        (await BashAsync($"kill -INT {monitor.Id}")).Succeeded();
        Assert.Equal("", (await PublishedCommand.EndAsync(monitor)).Succeeded());
    }

    private static async Task<CommandRun> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        return await PublishedCommand.EndAsync(bash);
    }
}
