using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Model.Errors;

namespace Fairway.Cli.Tests.CommandLine;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(ErrorKind.NotFound, 404, 3)]
    [InlineData(ErrorKind.AlreadyExists, 409, 4)]
    [InlineData(ErrorKind.InvalidArgument, 400, 2)]
    [InlineData(ErrorKind.Conflict, 409, 5)]
    [InlineData(ErrorKind.Exhausted, 507, 6)]
    [InlineData(ErrorKind.Unsupported, 501, 7)]
    [InlineData(ErrorKind.Unavailable, 503, 8)]
    [InlineData(ErrorKind.Internal, 500, 1)]
    public async Task Refusal_OfEachKind_HasItsExitCode(ErrorKind kind, int status, int code)
    {
        await using var daemon = new FakeDaemon().Refuses("POST /v1/networks", new FairwayException(kind, "network 'web'", "create network 'web': no"), status);
        var run = await CommandRun.Async(daemon, "network", "create", "web");
        Assert.Equal("fairway: create network 'web': no", run.Failed(code));
    }

    [Fact]
    public void ExitCodes_AreThoseOfTheDocument()
    {
        var rows = File.ReadLines(Repository.PathOf("docs/spec/cli.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal));
        foreach (var kind in Enum.GetValues<ErrorKind>())
        {
            Assert.Contains(rows, row => row.StartsWith($"| {ExitCode.Of(kind)} |", StringComparison.Ordinal)
                && row.Contains($"`{kind}`", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Findings_AreListed_WhereThereAreSeveral()
    {
        var refusal = new FairwayException(ErrorKind.InvalidArgument, "network 'web'", "create network 'web': 2 problems")
        {
            Findings = [new Finding("$.Mtu", "70000 is too large; use at most 65535"), new Finding("$.Name", "'a b' holds a blank; use letters, digits and _.-")],
        };
        await using var daemon = new FakeDaemon().Refuses("POST /v1/networks", refusal, 400);
        var text = await CommandRun.Async(daemon, "network", "create", "web");
        Golden.Matches("findings.txt", text.Failed(2) + "\n");
        var json = await CommandRun.Async(daemon, "network", "create", "web", "--output", "json");
        Golden.Matches("findings.json", json.Failed(2) + "\n");
    }

    [Fact]
    public async Task Daemon_ThatIsNotThere_IsCode8()
    {
        var run = await CommandRun.WithoutDaemonAsync("network", "list", "--socket", "/run/no-such-fairway/fairway.sock");
        Assert.Contains("there is no such socket; start fairwayd", run.Failed(ExitCode.Unavailable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_NamesTheSocket()
    {
        var run = await CommandRun.WithoutDaemonAsync("network", "list", "--instance", "no-such-fairway");
        Assert.Contains("'/run/no-such-fairway/fairway.sock'", run.Failed(ExitCode.Unavailable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interruption_IsCode130AndSaysNothing()
    {
        await using var daemon = new FakeDaemon();
        using var cancel = new CancellationTokenSource();
        daemon.On("GET /v1/networks", _ =>
        {
            cancel.Cancel();
            return new FakeDaemon.Answer(200, "text/event-stream", [], []);
        });
        var run = await CommandRun.Async(false, ["network", "list", "--socket", daemon.SocketPath], cancel.Token);
        Assert.Equal((ExitCode.Interrupted, "", ""), (run.Code, run.Out, run.Error));
    }

    [Fact]
    public async Task BrokenPipe_IsCode141()
    {
        await using var daemon = Sample.Daemon();
        var code = await FairwayCommand.RunAsync(["network", "list", "--socket", daemon.SocketPath],
            new Cli.Output.Terminal(new BrokenPipe(), TextWriter.Null), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.BrokenPipe, code);
    }

    private sealed class BrokenPipe : StringWriter
    {
        public override Task FlushAsync(CancellationToken cancellationToken) => throw new IOException("Broken pipe", 32);
    }
}
