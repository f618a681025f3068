using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Torture.Tests.Fixtures;

namespace Fairway.Torture.Tests.Load;

/// <summary>Many endpoints, many clients, more requests than can be served: memory is bounded, nobody gets a wrong answer, no endpoint is lost.</summary>
public sealed class CrowdTests : IAsyncLifetime
{
    private readonly Machine _machine = new();

    /// <summary>4,000 endpoints and 200 clients in a run of an hour or more, fewer in a short one.</summary>
    private static int Scaled(int full, int least) => (int)Math.Clamp(full * Run.Minutes / 60, least, full);

    public async ValueTask InitializeAsync()
    {
        await _machine.InitializeAsync();
        await _machine.DoAsync("network create web");
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task ManyEndpoints_OutliveTheDaemon()
    {
        int count = Scaled(4000, 400);
        string guest = await SpaceAsync("many");
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancellation) =>
            await _machine.Client.AttachAsync(new AttachRequest { Network = "web", Endpoint = $"e{i}", NetnsPath = guest, InterfaceName = $"e{i}", Owner = new Owner("torture", $"{i}"), Publish = i % 10 == 0 ? [new() { HostPort = (ushort)(10000 + i), ContainerPort = 80 }] : [] }, cancellation));
        long memory = Memory();
        await _machine.KillDaemonAsync();
        long started = Stopwatch.GetTimestamp();
        await _machine.StartDaemonAsync();
        TimeSpan start = Stopwatch.GetElapsedTime(started);
        IReadOnlyList<Endpoint> endpoints = await _machine.Client.ListEndpointsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(count, endpoints.Count(endpoint => endpoint.State == EndpointState.Attached));
        await SwitchAgreement.CheckAsync(_machine, endpoints, $"{count} endpoints");
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancellation) =>
            await _machine.Client.DetachAsync(new DetachRequest(new Owner("torture", $"{i}")), cancellation));
        await SwitchAgreement.CheckAsync(_machine, await new Agreement(_machine).CheckAsync("all gone"), "all gone");
        Run.Tell($"{count} endpoints: {memory / 1024 / 1024} MB in the daemon, {start.TotalSeconds:0.0} s until a killed one serves again, nothing left after they are gone");
        Assert.InRange(memory, 0, 600L << 20);
    }

    [Fact]
    public async Task ManyClients_GetRightAnswers()
    {
        int clients = Scaled(200, 40);
        string[] spaces = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => SpaceAsync($"crowd{i}")));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Run.Share(20));
        long requests = 0;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            var owner = new Owner("torture", $"crowd{client}");
            while (!end.IsCancellationRequested)
            {
                AttachResult result = await _machine.Client.AttachAsync(new AttachRequest { Network = "web", Endpoint = $"c{client}", NetnsPath = spaces[client % 8], InterfaceName = $"c{client}", Owner = owner, Publish = [new() { HostPort = (ushort)(12000 + client), ContainerPort = 80 }] }, TestContext.Current.CancellationToken);
                Assert.Equal(2, result.Addresses.Length);
                await _machine.Client.DetachAsync(new DetachRequest(owner), TestContext.Current.CancellationToken);
                Interlocked.Add(ref requests, 2);
            }
        }));
        await SwitchAgreement.CheckAsync(_machine, await new Agreement(_machine).CheckAsync("after the crowd"), "after the crowd");
        Run.Tell($"{clients} clients at once made {requests} changes, all answered, nothing left");
        Assert.True(requests >= 2 * clients, $"{requests} requests only");
    }

    /// <summary>Connections that say nothing, half a request, or ask without end.</summary>
    [Fact]
    public async Task Flood_IsHeldOff_WithBoundedMemory()
    {
        await _machine.AddAsync("quiet", "web");
        long before = Memory();
        var silent = new List<Socket>();
        try
        {
            for (int i = 0; i < 1000; i++)
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                silent.Add(socket);
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_machine.SocketPath), patience.Token);
                if (i % 2 == 0)
                    await socket.SendAsync("POST /v1/attach HTTP/1.1\r\nHost: fairway\r\nContent-Length: 1000000000\r\n\r\n{"u8.ToArray(), patience.Token);
            }
        }
        catch (Exception refused) when (refused is SocketException or OperationCanceledException)
        {
            // It takes no more: that is one way to hold off.
        }
        long answered = 0, refusedCount = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, cancellation) =>
        {
            try
            {
                await _machine.Client.ListEndpointsAsync(cancellation);
                Interlocked.Increment(ref answered);
            }
            catch (FairwayException busy)
            {
                Assert.Equal(ErrorKind.Unavailable, busy.Kind);
                Interlocked.Increment(ref refusedCount);
            }
        });
        long during = Memory();
        foreach (Socket socket in silent)
            socket.Dispose();
        Assert.Equal("quiet", Assert.Single(await new Agreement(_machine).CheckAsync("after the flood")).Spec.Name);
        Run.Tell($"{silent.Count} idle connections and 2000 requests beside them: {answered} answered, {refusedCount} held off, daemon from {before >> 20} to {during >> 20} MB");
        Assert.InRange(during - before, long.MinValue, 300L << 20);
    }

    private async Task<string> SpaceAsync(string name)
    {
        (await Programs.RunAsync(["ip", "netns", "add", $"{_machine.Instance}.{name}"])).Expect();
        return $"/run/netns/{_machine.Instance}.{name}";
    }

    /// <summary>Resident bytes of the daemon.</summary>
    private long Memory()
    {
        string line = File.ReadLines($"/proc/{_machine.DaemonPid}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
