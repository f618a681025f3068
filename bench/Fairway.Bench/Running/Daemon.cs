using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Fairway.Bench.Running;

/// <summary>A daemon of a peer, started as systemd would: it says itself when it is ready (sd_notify).</summary>
internal sealed class Daemon : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private Daemon(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts a shell command that becomes the daemon, and waits until that is ready.</summary>
    public static Daemon Start(string name, string directory, string command)
    {
        string notices = Path.Combine(directory, "notify.sock"), log = Path.Combine(directory, $"{name}.log");
        File.Delete(notices);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(notices));
        var start = new ProcessStartInfo("sh", ["-c", $"exec {command} >{log} 2>&1"]) { RedirectStandardInput = true };
        start.Environment["NOTIFY_SOCKET"] = notices;
        var daemon = new Daemon(Process.Start(start)!);
        try
        {
            daemon.AwaitReadyAsync(socket).GetAwaiter().GetResult();
            return daemon;
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            daemon.Dispose();
            throw new InvalidOperationException($"'{name}' did not start: {e.Message}: {File.ReadLines(log).LastOrDefault()}", e);
        }
    }

    /// <summary>Asks it to end, and waits for that.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Shell.Run($"kill {_process.Id}", mayFail: true);
            if (!_process.WaitForExit(s_patience))
                _process.Kill();
        }
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task AwaitReadyAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(s_patience);
        byte[] message = new byte[4096];
        Task end = _process.WaitForExitAsync(patience.Token);
        while (true)
        {
            Task<int> notice = socket.ReceiveAsync(message, patience.Token).AsTask();
            if (await Task.WhenAny(notice, end) == end)
                throw new InvalidOperationException(end.IsCanceled ? "it was not ready in time" : $"it ended with {_process.ExitCode}");
            if (Encoding.UTF8.GetString(message, 0, await notice).Contains("READY=1", StringComparison.Ordinal))
                return;
        }
    }
}
