using System.Diagnostics;
using System.Text;

namespace Fairway.Api.Tests.Fixtures;

/// <summary>The real fairwayd, built beside these tests.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DaemonProcess(Process process) => Process = process;

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "fairwayd");

    public Process Process { get; }

    /// <summary>What it wrote to standard error.</summary>
    public string Log
    {
        get
        {
            lock (_log) return _log.ToString();
        }
    }

    /// <summary>Starts it, by way of another program where a namespace or a user is to be changed first.</summary>
    public static DaemonProcess Start(IEnumerable<string> by, params string[] arguments)
    {
        string[] command = [.. by, Program, .. arguments];
        var daemon = new DaemonProcess(new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true },
        });
        daemon.Process.ErrorDataReceived += daemon.Take;
        daemon.Process.Start();
        daemon.Process.BeginErrorReadLine();
        return daemon;
    }

    /// <summary>Completes when it says that it serves; fails when it ends before.</summary>
    public async Task ReadyAsync()
    {
        var ended = Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(_ready.Task, ended, Task.Delay(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        Assert.True(first == _ready.Task, $"fairwayd did not become ready: {Log}");
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, Process.Id.ToString()]);
        kill.WaitForExit();
    }

    /// <summary>Its exit code, once it ended.</summary>
    public async Task<int> ExitAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        // Not before the last line was handed over.
        Process.WaitForExit();
        return Process.ExitCode;
    }

    public void Dispose()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_log) _log.AppendLine(line.Data);
        if (line.Data.Contains("serves instance", StringComparison.Ordinal)) _ready.TrySetResult();
    }
}
