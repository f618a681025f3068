using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Namespaces;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>A namespace whose programs have a resolver of ours at 127.0.0.1 and ::1, port 53, and a resolv.conf that says so.</summary>
internal sealed class ServedNamespace : IAsyncDisposable
{
    private readonly NetworkNamespace _namespace = NetworkNamespace.CreateAnonymous();
    private readonly string _file = Path.GetTempFileName();

    public ServedNamespace(string resolvConf)
    {
        _namespace.SetLoopbackUp();
        File.WriteAllText(_file, resolvConf);
    }

    /// <summary>A bound pair of sockets for each family.</summary>
    public IReadOnlyList<Socket> OpenSockets()
        =>
        [
            Open(IPAddress.Loopback, SocketType.Dgram, ProtocolType.Udp), Open(IPAddress.Loopback, SocketType.Stream, ProtocolType.Tcp),
            Open(IPAddress.IPv6Loopback, SocketType.Dgram, ProtocolType.Udp), Open(IPAddress.IPv6Loopback, SocketType.Stream, ProtocolType.Tcp),
        ];

    /// <summary>Runs a program inside.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string command)
    {
        var start = new ProcessStartInfo("unshare") { RedirectStandardOutput = true, RedirectStandardError = true };
        string inside = $"mount --bind {_file} /etc/resolv.conf && exec nsenter --net=/proc/{Environment.ProcessId}/fd/{_namespace.Descriptor.DangerousGetHandle()} {command}";
        foreach (string argument in (string[])["--mount", "sh", "-c", inside])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    public ValueTask DisposeAsync()
    {
        _namespace.Dispose();
        File.Delete(_file);
        return ValueTask.CompletedTask;
    }

    private Socket Open(IPAddress address, SocketType type, ProtocolType protocol)
    {
        Socket socket = _namespace.OpenManagedSocket(address.AddressFamily, type, protocol);
        socket.Bind(new IPEndPoint(address, 53));
        return socket;
    }
}
