using System.Diagnostics;
using System.Globalization;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary><c>fairway exec</c> on a real daemon: names, exit codes, signals.</summary>
public sealed class ExecTests(ExecTests.Setup setup) : IClassFixture<ExecTests.Setup>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ResolvConf_NamesTheGatewaysOfTheNetwork()
    {
        string text = await setup.Machine.DoAsync("exec c1 -- cat /etc/resolv.conf");
        Assert.Equal($"# made by fairway exec\nnameserver {await setup.Machine.GatewayAsync("web", 4)}\nnameserver {await setup.Machine.GatewayAsync("web", 6)}\nsearch web\noptions timeout:1 attempts:5\n", text);
        Assert.NotEqual(File.ReadAllText("/etc/resolv.conf"), text);
    }

    [Theory]
    [InlineData("rm -f /etc/resolv.conf")]
    [InlineData("rm -f /etc/resolv.conf; ln -s /run/systemd/resolve/nothing-there /etc/resolv.conf")]
    public async Task HostWithoutResolvConf_StillResolvesNamesInside(string removal)
    {
        // A copy of /etc, in a mount namespace of its own.
        string script = $"copy=$(mktemp -d); cp -a /etc/nsswitch.conf /etc/passwd /etc/group /etc/hosts $copy/; cp -L /etc/resolv.conf $copy/; mount --bind $copy /etc; {removal}; "
            + $"{Programs.Fairway} --socket {setup.Machine.SocketPath} exec c1 -- getent ahostsv4 c2; code=$?; ls -L /etc/resolv.conf 2>&1; umount /etc; rm -r $copy; exit $code";
        CommandResult result = await setup.Machine.Host.RunAsync("unshare", "-m", "sh", "-c", script);
        Assert.Contains(await setup.Machine.AddressAsync("c2", 4), result.Expect(), StringComparison.Ordinal);
        Assert.Contains("cannot access '/etc/resolv.conf'", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "true")]
    [InlineData(42, "sh", "-c", "exit 42")]
    [InlineData(126, "/etc/passwd")]
    [InlineData(127, "no-such-program")]
    [InlineData(129, "sh", "-c", "kill -HUP $$")]
    public async Task ExitCode_IsTheCommandsOwn(int code, params string[] command)
    {
        // By way of a shell, which has a code for a command that a signal ended.
        CommandResult result = await setup.Machine.Host.RunAsync(["sh", "-c", "\"$@\"; exit $?", "sh", Programs.Fairway, "--socket", setup.Machine.SocketPath, "exec", "c1", "--", .. command]);
        Assert.Equal(code, result.ExitCode);
    }

    [Fact]
    public async Task CtrlC_OnATerminal_EndsTheCommandAndNothingElse()
    {
        using Process terminal = Programs.Start(Programs.Inside(setup.Machine.Host.Path,
            ["script", "-qec", $"{Programs.Fairway} --socket {setup.Machine.SocketPath} exec c1 -- sh -c 'trap \"echo heard; exit 33\" INT; echo waits; while :; do sleep 0.1; done'", "/dev/null"]));
        Assert.Equal("waits", await terminal.StandardOutput.ReadLineAsync(Cancellation));
        await terminal.StandardInput.WriteAsync('\x03');
        await terminal.StandardInput.FlushAsync(Cancellation);
        await terminal.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Contains("heard", await terminal.StandardOutput.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(33, terminal.ExitCode);
    }

    [Fact]
    public async Task Signal_ArrivesAtTheCommand_WhoseProcessItIs()
    {
        using Process process = Programs.Start(Programs.Inside(setup.Machine.Host.Path, Programs.Fairway, "--socket", setup.Machine.SocketPath, "exec", "c1", "--", "sh", "-c", "echo $$; exec sleep 60"));
        Assert.Equal(process.Id.ToString(CultureInfo.InvariantCulture), await process.StandardOutput.ReadLineAsync(Cancellation));
        (await Programs.RunAsync(["kill", "-TERM", $"{process.Id}"])).Expect();
        await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(128 + 15, process.ExitCode);
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            await Machine.AddAsync("c1", "web");
            await Machine.AddAsync("c2", "web");
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
