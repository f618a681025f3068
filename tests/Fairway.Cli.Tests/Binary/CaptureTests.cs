using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Linux.Routing;

namespace Fairway.Cli.Tests.Binary;

/// <summary><c>fairway capture</c> with the published program, on a cable inside a namespace; tcpdump reads what it wrote.</summary>
public sealed class CaptureTests
{
    [Fact]
    public async Task Packets_ArriveInAPipe_AndTheCountIsTold()
    {
        using var test = Cabled();
        await using var daemon = DaemonWith(test);
        using var capture = await PublishedCommand.StartAsync("capture", "c1", "--count", "3", "--socket", daemon.SocketPath);
        var head = new byte[24];
        await capture.StandardOutput.BaseStream.ReadExactlyAsync(head, TestContext.Current.CancellationToken);
        Send(test, 3);
        var rest = new MemoryStream();
        await capture.StandardOutput.BaseStream.CopyToAsync(rest, TestContext.Current.CancellationToken);
        await capture.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, "captured 3 packets of endpoint 'c1'\n"), (capture.ExitCode, await capture.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, [.. head, .. rest.ToArray()], TestContext.Current.CancellationToken);
        var lines = await TcpdumpAsync(file);
        Assert.Equal(3, lines.Length);
        // The kernel may have had something to say on the cable as well.
        Assert.Contains(lines, line => line.Contains("UDP, length 5", StringComparison.Ordinal));
        File.Delete(file);
    }

    [Fact]
    public async Task Interrupt_EndsTheFileCleanly()
    {
        using var test = Cabled();
        await using var daemon = DaemonWith(test);
        var file = Path.Combine(Path.GetTempPath(), $"fwcli-{Environment.ProcessId}.pcap");
        using var capture = await PublishedCommand.StartAsync("capture", "c1", "--write", file, "--socket", daemon.SocketPath);
        await Eventually.Async(() => File.Exists(file) && new FileInfo(file).Length >= 24);
        Send(test, 2);
        await Eventually.Async(() => new FileInfo(file).Length >= 24 + 2 * (16 + 47));
        using (var kill = Process.Start("kill", ["-INT", $"{capture.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var ended = await PublishedCommand.EndAsync(capture);
        var lines = await TcpdumpAsync(file);
        // The kernel may have had something to say on the cable as well.
        Assert.Equal(new CommandRun(0, "", $"captured {lines.Length} packets of endpoint 'c1'\n"), ended);
        Assert.Equal(2, lines.Count(line => line.Contains("UDP, length 5", StringComparison.Ordinal)));
        Assert.StartsWith($"{DateTimeOffset.UtcNow:yyyy-MM-dd}", lines[0], StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task File_ThatCannotBeWritten_IsToldBeforeAnythingElse()
    {
        using var test = Cabled();
        await using var daemon = DaemonWith(test);
        var run = await PublishedCommand.RunAsync("capture", "c1", "--write", "/no-such-directory/x", "--socket", daemon.SocketPath);
        Assert.Contains("write '/no-such-directory/x'", run.Failed(ExitCode.Usage), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_ThatIsNotAttached_IsRefused()
    {
        await using var daemon = Sample.Daemon();
        var run = await PublishedCommand.RunAsync("capture", "spare", "--socket", daemon.SocketPath);
        Assert.Equal("fairway: capture endpoint 'spare': it is in no namespace; attach it first", run.Failed(ExitCode.Conflict));
    }

    [Fact]
    public async Task Json_TellsWhatWasCaptured()
    {
        using var test = Cabled();
        await using var daemon = DaemonWith(test);
        var file = Path.Combine(Path.GetTempPath(), $"fwcli-{Environment.ProcessId}-json.pcap");
        using var capture = await PublishedCommand.StartAsync("capture", "c1", "-c", "1", "-w", file, "-o", "json", "--socket", daemon.SocketPath);
        await Eventually.Async(() => File.Exists(file) && new FileInfo(file).Length >= 24);
        Send(test, 1);
        Golden.Matches("capture.json", (await PublishedCommand.EndAsync(capture)).Succeeded().Replace(file, "FILE", StringComparison.Ordinal));
        File.Delete(file);
    }

    /// <summary>One end of the cable is the endpoint's interface; what is sent into the other arrives there.</summary>
    private static TestNamespace Cabled()
    {
        var test = new TestNamespace();
        test.AddCable("eth0", "far0");
        using var route = RouteNetlink.Open(test.Namespace);
        var far = route.GetLink("far0");
        route.AddAddress(new InterfaceAddress { Address = IPAddress.Parse("192.0.2.1"), PrefixLength = 24, LinkIndex = far.Index });
        route.ReplaceNeighbour(new Neighbour { Address = IPAddress.Parse("192.0.2.2"), LinkIndex = far.Index, Mac = route.GetLink("eth0").Mac });
        return test;
    }

    private static FakeDaemon DaemonWith(TestNamespace test) =>
        Sample.Daemon().On($"GET /v1/namespaces/{Sample.C1.Spec.Id}", Sample.C1 with { Spec = Sample.C1.Spec with { Path = test.Path } });

    private static void Send(TestNamespace test, int count)
    {
        using var socket = test.Namespace.OpenManagedSocket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (var i = 0; i < count; i++)
            socket.SendTo("hello"u8, new IPEndPoint(IPAddress.Parse("192.0.2.2"), 9));
    }

    private static async Task<string[]> TcpdumpAsync(string file)
    {
        using var tcpdump = Process.Start(new ProcessStartInfo("tcpdump", ["-n", "-tttt", "-r", file]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["TZ"] = "UTC" } })!;
        return (await PublishedCommand.EndAsync(tcpdump)).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
