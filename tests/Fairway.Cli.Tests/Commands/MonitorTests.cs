using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Model.Flows;
using Fairway.Model.Json;

namespace Fairway.Cli.Tests.Commands;

public sealed class MonitorTests
{
    private static readonly FlowEvent s_flow = new(DateTimeOffset.UnixEpoch, FlowEventKind.NewFlow, DropReason.None, 6, IPAddress.Parse("10.20.0.2"), 43122,
        IPAddress.Parse("10.20.0.3"), 80, "web", "c1", "spare", 60, 0);

    private static readonly FlowEvent s_drop = s_flow with { Kind = FlowEventKind.Drop, Reason = DropReason.Isolated, To = null };

    [Fact]
    public async Task Json_IsOneDocumentALine()
    {
        var (run, _) = await MonitorAsync([s_flow, s_drop], lines: 2, "--output", "json");
        Assert.Equal(FairwayJson.Serialize(s_flow) + "\n" + FairwayJson.Serialize(s_drop) + "\n", run.Out);
    }

    [Fact]
    public async Task Interrupt_EndsItWithSuccess()
    {
        var (run, _) = await MonitorAsync([s_flow, s_drop], lines: 2);
        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        Assert.Equal(2, run.Out.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Filters_AreResolvedByTheDaemon()
    {
        var (run, daemon) = await MonitorAsync([s_flow, s_flow with { From = "other", To = null }, s_drop], lines: 1, "--drops", "--endpoint", "c1");
        Assert.Contains("drop  web", run.Out, StringComparison.Ordinal);
        Assert.Equal(1, run.Out.Count(c => c == '\n'));
        Assert.Contains("GET /v1/endpoints/c1", daemon);
    }

    [Fact]
    public async Task UnknownEndpoint_IsAnErrorAtOnce()
    {
        await using var daemon = Sample.Daemon();
        var run = await CommandRun.Async(daemon, "monitor", "--endpoint", "nobody");
        Assert.Equal(ExitCode.NotFound, run.Code);
    }

    [Fact]
    public async Task DaemonThatGoesAway_IsWaitedFor()
    {
        await using var daemon = Sample.Daemon();
        using var cancel = new CancellationTokenSource();
        var times = 0;
        daemon.On("GET /v1/flows/events", _ => new FakeDaemon.Answer(200, "text/event-stream", [], [FairwayJson.Serialize(s_flow)], Cut: ++times == 1));
        var output = new CancellingWriter(lines: 2, cancel);
        var error = new StringWriter { NewLine = "\n" };
        var code = await FairwayCommand.RunAsync(["monitor", "--socket", daemon.SocketPath], new Cli.Output.Terminal(output, error), TimeProvider.System, cancel.Token);
        Assert.Equal((ExitCode.Success, "fairway: fairwayd went away; waiting for it to come back\nfairway: fairwayd is back\n"), (code, error.ToString()));
        Assert.Equal(2, output.ToString().Count(c => c == '\n'));
    }

    private static async Task<(CommandRun Run, List<string> Calls)> MonitorAsync(FlowEvent[] flows, int lines, params string[] options)
    {
        await using var daemon = Sample.Daemon().Streams("GET /v1/flows/events", flows);
        using var cancel = new CancellationTokenSource();
        var output = new CancellingWriter(lines, cancel);
        var error = new StringWriter { NewLine = "\n" };
        var code = await FairwayCommand.RunAsync(["monitor", .. options, "--socket", daemon.SocketPath], new Cli.Output.Terminal(output, error), TimeProvider.System, cancel.Token);
        return (new CommandRun(code, output.ToString(), error.ToString()), [.. daemon.Calls]);
    }

    /// <summary>Somebody who presses Ctrl-C after a number of lines.</summary>
    private sealed class CancellingWriter : StringWriter
    {
        private readonly CancellationTokenSource _cancel;
        private int _lines;

        public CancellingWriter(int lines, CancellationTokenSource cancel)
        {
            _lines = lines;
            _cancel = cancel;
            NewLine = "\n";
        }

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (--_lines == 0)
                _cancel.CancelAfter(TimeSpan.FromMilliseconds(100));
        }
    }
}
