using Fairway.Api.Tests.Fixtures;
using Fairway.Daemon.Listening;
using Fairway.Testing;

namespace Fairway.Api.Tests.Daemon;

/// <summary>Starts that end in a refusal: one sentence, a code, and nothing half-done.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-start-").FullName;

    private string State => Path.Combine(_directory, "state");

    private string SocketPath => Path.Combine(_directory, "fairway.sock");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task WrongOption_EndsWithTwo()
    {
        using var daemon = DaemonProcess.Start([], "--verbose", "0.0.0.0:8080");

        Assert.Equal(2, await daemon.ExitAsync());
        Assert.Equal("fairwayd: '--verbose' is not an option; see fairwayd --help\n", daemon.Log);
    }

    [Theory]
    [InlineData("--version", @"^\d+\.\d+\.\d+\n$")]
    [InlineData("--help", @"^fairwayd: owns the container networks of this host\.\n")]
    public async Task Question_IsAnsweredOnStandardOutput(string option, string answer)
    {
        using var daemon = DaemonProcess.Start([], option);
        var output = await daemon.Process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, await daemon.ExitAsync());
        Assert.Matches(answer, output);
    }

    [Theory]
    [InlineData]
    [InlineData("--uninstall")]
    public async Task OrdinaryUser_IsTurnedAway(params string[] mode)
    {
        using var daemon = DaemonProcess.Start(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
            [.. mode, "--instance", "fwapinobody", "--socket", SocketPath, "--state", State]);

        Assert.Equal(1, await daemon.ExitAsync());
        Assert.Matches(@"^[^\n]*an ordinary user may not make network namespaces and load eBPF programs; run it as root\n$", daemon.Log);
        Assert.False(Directory.Exists(State));
    }

    [Fact]
    public async Task SecondDaemon_IsTurnedAway_NamingTheFirst()
    {
        await using var first = await TestEngine.StartAsync(directory: State);
        using var second = Start();

        Assert.Equal(1, await second.ExitAsync());
        Assert.Matches($@"^[^\n]*lock the state directory '{State}': a fairwayd with pid {Environment.ProcessId} uses it; [^\n]*\n$", second.Log);
        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task SocketOfAnother_IsNotTaken()
    {
        using var other = ApiSocket.Listen(SocketPath, null);
        using var daemon = Start();

        Assert.Equal(1, await daemon.ExitAsync());
        Assert.Matches($@"^[^\n]*listen on '{SocketPath}': process {Environment.ProcessId} listens there; [^\n]*\n$", daemon.Log);
        Assert.True(File.Exists(SocketPath));
    }

    private DaemonProcess Start() => DaemonProcess.Start([], "--instance", $"fwapi{Environment.ProcessId}", "--socket", SocketPath, "--state", State);
}
