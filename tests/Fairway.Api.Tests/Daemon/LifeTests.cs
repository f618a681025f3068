using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairway.Api.Tests.Fixtures;
using Fairway.Linux.Namespaces;

namespace Fairway.Api.Tests.Daemon;

/// <summary>The real daemon in a network namespace of its own, from its first start to its uninstallation.</summary>
public sealed class LifeTests : IDisposable
{
    private static readonly string s_instance = $"fwapi{Environment.ProcessId}";

    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-life-").FullName;
    private readonly NetworkNamespace _host = NetworkNamespace.Create($"{s_instance}host");
    private readonly HttpClient _client;

    public LifeTests() => _client = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, PooledConnectionLifetime = TimeSpan.Zero })
    {
        BaseAddress = new Uri("http://fairway"),
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string SocketPath => Path.Combine(_directory, "fairway.sock");

    private string State => Path.Combine(_directory, "state");

    public void Dispose()
    {
        _client.Dispose();
        using (var last = Start("--uninstall")) last.Process.WaitForExit();
        _host.Dispose();
        NetworkNamespace.Delete($"{s_instance}host");
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Daemon_StartsServesStopsAndLeavesTheNetworks_UntilItIsUninstalled()
    {
        using (var first = Start())
        {
            await first.ReadyAsync();
            await PostAsync("/v1/networks", """{"Name":"web"}""");
            await PostAsync("/v1/namespaces", """{"Name":"c1"}""");
            await PostAsync("/v1/endpoints", """{"Network":"web","Name":"app","Namespace":"c1"}""");

            first.Signal("TERM");
            Assert.Equal(0, await first.ExitAsync());
            Assert.Contains("SIGTERM: stopping; the networks go on without a daemon", first.Log, StringComparison.Ordinal);
            Assert.DoesNotContain("error", first.Log, StringComparison.Ordinal);
            Assert.False(File.Exists(SocketPath));
        }
        Assert.Contains($"{s_instance}-c1", NetworkNamespace.ListNamed());
        Assert.Contains("eth0", Run("c1"), StringComparison.Ordinal);

        using (var second = Start())
        {
            await second.ReadyAsync();
            Assert.Contains("\"app\"", await _client.GetStringAsync("/v1/endpoints", Cancellation), StringComparison.Ordinal);
            second.Signal("KILL");
            await second.ExitAsync();
        }

        // A daemon that was killed leaves its socket behind; the next one takes its place.
        Assert.True(File.Exists(SocketPath));
        using (var third = Start())
        {
            await third.ReadyAsync();
            third.Signal("INT");
            Assert.Equal(0, await third.ExitAsync());
        }

        using (var uninstall = Start("--uninstall")) Assert.Equal(0, await uninstall.ExitAsync());
        Assert.DoesNotContain(NetworkNamespace.ListNamed(), name => name.StartsWith($"{s_instance}-", StringComparison.Ordinal));
        Assert.False(Directory.Exists($"/sys/fs/bpf/{s_instance}"));
    }

    [Fact]
    public async Task SecondSignal_EndsAtOnce_WhateverIsStillOpen()
    {
        using var daemon = Start();
        await daemon.ReadyAsync();
        using var unfinished = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await unfinished.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), Cancellation);
        await unfinished.SendAsync("POST /v1/networks HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n"u8.ToArray(), Cancellation);
        // The answer to another request says that this one has been seen.
        await _client.GetStringAsync("/v1/health", Cancellation);

        daemon.Signal("TERM");
        await Eventually.TrueAsync(() => daemon.Log.Contains("SIGTERM: stopping", StringComparison.Ordinal));
        daemon.Signal("TERM");

        Assert.Equal(1, await daemon.ExitAsync());
    }

    private DaemonProcess Start(params string[] mode) => DaemonProcess.Start(["nsenter", $"--net={NetworkNamespace.PathOf($"{s_instance}host")}"],
        [.. mode, "--instance", s_instance, "--socket", SocketPath, "--state", State]);

    private async Task PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(path, content, Cancellation);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static string Run(string compartment)
    {
        using var process = Process.Start(new ProcessStartInfo("nsenter", [$"--net={NetworkNamespace.PathOf($"{s_instance}-{compartment}")}", "ip", "-br", "address"])
        {
            RedirectStandardOutput = true,
        })!;
        return process.StandardOutput.ReadToEnd();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
