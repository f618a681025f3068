using System.Diagnostics;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Linux.Namespaces;
using Fairway.Model.Endpoints;

namespace Fairway.Cli.Tests.Binary;

/// <summary><c>fairway exec</c> with the published program, in namespaces of the tests' own.</summary>
public sealed class ExecTests
{
    [Fact]
    public async Task Command_RunsInside_AndItsExitCodeIsPassedOn()
    {
        using var test = new TestNamespace();
        await using var daemon = DaemonWith(test);
        var run = await PublishedCommand.RunAsync("exec", "--socket", daemon.SocketPath, "c1", "--", "sh", "-c", "readlink /proc/self/ns/net; echo oops >&2; exit 7");
        Assert.Equal(new CommandRun(7, test.Link + "\n", "oops\n"), run);
    }

    [Theory]
    [InlineData("c1", "printf", "%s|", "-a", "--socket", "", "b c")]
    [InlineData("c1", "--", "printf", "%s|", "-a", "--socket", "", "b c")]
    public async Task Arguments_ArriveAsTyped_WithAndWithoutSeparator(params string[] words)
    {
        using var test = new TestNamespace();
        await using var daemon = DaemonWith(test);
        var run = await PublishedCommand.RunAsync(["--socket", daemon.SocketPath, "exec", .. words]);
        Assert.Equal("-a|--socket||b c|", run.Succeeded());
    }

    [Fact]
    public async Task Names_ResolveByTheNetwork_InsideAndOnlyInside()
    {
        using var test = new TestNamespace();
        await using var daemon = DaemonWith(test);
        var before = File.ReadAllText("/etc/resolv.conf");
        var run = await PublishedCommand.RunAsync("exec", "--socket", daemon.SocketPath, "c1", "--", "sh", "-c", "cat /etc/resolv.conf; mount | grep -c resolv.conf");
        Assert.Equal("# made by fairway exec\nnameserver 10.20.0.1\nnameserver fd20::1\nsearch web\noptions timeout:1 attempts:5\n1\n", run.Succeeded());
        Assert.Equal(before, File.ReadAllText("/etc/resolv.conf"));
        Assert.DoesNotContain("resolv.conf", File.ReadAllText("/proc/mounts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamespaceWithoutEndpoints_KeepsTheHostsResolvers()
    {
        using var test = new TestNamespace();
        await using var daemon = DaemonWith(test).On("GET /v1/namespaces/c1", Sample.C1 with { Spec = Sample.C1.Spec with { Path = test.Path }, Endpoints = [] });
        var run = await PublishedCommand.RunAsync("exec", "--socket", daemon.SocketPath, "c1", "--", "cat", "/etc/resolv.conf");
        Assert.Equal(File.ReadAllText("/etc/resolv.conf"), run.Succeeded());
    }

    [Theory]
    [InlineData("no-such-command-anywhere", ExitCode.CommandNotFound, "No such file or directory (ENOENT)")]
    [InlineData("/etc/passwd", ExitCode.NotExecutable, "Permission denied (EACCES)")]
    public async Task Command_ThatCannotRun_HasTheUsualCode(string command, int code, string reason)
    {
        using var test = new TestNamespace();
        await using var daemon = DaemonWith(test);
        var run = await PublishedCommand.RunAsync("exec", "--socket", daemon.SocketPath, "c1", "--", command);
        Assert.Equal($"fairway: run program '{command}': {reason}", run.Failed(code));
    }

    [Fact]
    public async Task Namespace_ThatIsUnknown_IsCode125()
    {
        await using var daemon = Sample.Daemon();
        Assert.Contains("nothing is known", (await PublishedCommand.RunAsync("exec", "--socket", daemon.SocketPath, "nobody", "--", "true")).Failed(ExitCode.NotExecuted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutADaemon_ANamespaceIsFoundByItsName()
    {
        var name = $"{Environment.ProcessId}x";
        using var namespaceOfOurs = NetworkNamespace.Create($"fwclinodaemon-{name}");
        try
        {
            var run = await PublishedCommand.RunAsync("exec", "--instance", "fwclinodaemon", name, "--", "readlink", "/proc/self/ns/net");
            Assert.Equal((0, $"net:[{namespaceOfOurs.Inode}]\n"), (run.Code, run.Out));
            Assert.Contains("there is no such socket", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            NetworkNamespace.Delete($"fwclinodaemon-{name}");
        }
    }

    [Fact]
    public async Task Process_IsTheCommandItself_WithSignalsAsEverywhere()
    {
        using var test = new TestNamespace();
        await using var daemon = DaemonWith(test);
        using var process = await PublishedCommand.StartAsync("exec", "--socket", daemon.SocketPath, "c1", "--", "grep", "-E", "^(Pid|Threads|Sig(Ign|Blk))", "/proc/self/status");
        var id = process.Id;
        var own = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigBlk", StringComparison.Ordinal));
        Assert.Equal($"Pid:\t{id}\nThreads:\t1\n{own}\nSigIgn:\t0000000000000000\n", (await PublishedCommand.EndAsync(process)).Succeeded());
    }

    [Fact]
    public async Task Limits_AreThoseOfTheCaller()
    {
        using var test = new TestNamespace();
        await using var daemon = DaemonWith(test);
        var script = $"ulimit -Sn 999; '{await PublishedCommand.PathAsync()}' exec --socket '{daemon.SocketPath}' c1 -- bash -c 'ulimit -Sn'";
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.Equal("999\n", (await PublishedCommand.EndAsync(bash)).Succeeded());
    }

    [Fact]
    public async Task BrokenPipe_EndsTheCommand_AsEverywhere()
    {
        using var test = new TestNamespace();
        await using var daemon = DaemonWith(test);
        var script = $"'{await PublishedCommand.PathAsync()}' exec --socket '{daemon.SocketPath}' c1 -- yes | head -1; echo ${{PIPESTATUS[0]}}";
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Assert.Equal(new CommandRun(0, "y\n141\n", ""), await PublishedCommand.EndAsync(bash));
    }

    private static FakeDaemon DaemonWith(TestNamespace test)
    {
        var known = Sample.C1 with { Spec = Sample.C1.Spec with { Path = test.Path } };
        return Sample.Daemon().On("GET /v1/namespaces/c1", known).On<IReadOnlyList<Endpoint>>("GET /v1/endpoints", [Sample.WebC1]);
    }
}
