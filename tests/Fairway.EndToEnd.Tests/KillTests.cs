using System.Diagnostics;
using System.Net.Sockets;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.EndToEnd.Tests;

/// <summary><c>kill -9</c> at random moments of work, then a new daemon: nothing acknowledged is lost, nothing half-made stays, traffic never stops.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const int Workers = 4;
    private static readonly TimeSpan s_longestLife = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(25);

    private readonly Machine _machine = new();
    private readonly int _seed = Random.Shared.Next();

    public async ValueTask InitializeAsync()
    {
        await _machine.InitializeAsync();
        await _machine.DoAsync("network create web");
        await _machine.AddAsync("client", "web");
        (await _machine.AddAsync("server", "web", "--publish 8080:80")).ServeEcho(80);
        _machine.Lan.ServeEcho(7700);
        for (int i = 0; i < Workers; i++)
            (await Programs.RunAsync(["ip", "netns", "add", $"{_machine.Instance}.w{i}"])).Expect();
    }

    public ValueTask DisposeAsync() => _machine.DisposeAsync();

    [Fact]
    public async Task Kill_AtAnyMoment_LeavesStateAndKernelInAgreement()
    {
        var random = new Random(_seed);
        using Socket between = await (await _machine.CompartmentAsync("client")).ConnectAsync(await _machine.AddressAsync("server", 4), 80);
        using Socket outward = await (await _machine.CompartmentAsync("client")).ConnectAsync(Machine.LanAddress6, 7700);
        using Socket inward = await _machine.Lan.ConnectAsync(Machine.HostAddress4, 8080);
        long start = Stopwatch.GetTimestamp();
        int rounds = 0;
        for (; Stopwatch.GetElapsedTime(start) < s_duration; rounds++)
        {
            bool?[] acknowledged = await WorkUntilKilledAsync(random.NextDouble() * s_longestLife);
            await EchoAsync(between, outward, inward);
            await _machine.StartDaemonAsync();
            await EchoAsync(between, outward, inward);
            await AgreeAsync(acknowledged, $"round {rounds} of seed {_seed}");
        }
        TestContext.Current.SendDiagnosticMessage($"killed {rounds} times, seed {_seed}");
        Assert.True(rounds > 5, $"{rounds} rounds only");
    }

    /// <summary>Has everybody work for a while, kills the daemon, and answers for each worker whether its endpoint must be there; null where the last request had no answer.</summary>
    private async Task<bool?[]> WorkUntilKilledAsync(TimeSpan life)
    {
        bool?[] acknowledged = new bool?[Workers];
        Task[] work = [.. Enumerable.Range(0, Workers).Select(i => UntilKilledAsync(() => AttachAndDetachAsync(i, acknowledged))), UntilKilledAsync(CreateAndDeleteAsync)];
        await Task.Delay(life, TimeProvider.System);
        await _machine.KillDaemonAsync();
        await Task.WhenAll(work);
        return acknowledged;
    }

    private static async Task UntilKilledAsync(Func<Task> work)
    {
        try
        {
            while (true)
                await work();
        }
        catch (FairwayException gone) when (gone.Kind == ErrorKind.Unavailable)
        {
            // The daemon was killed.
        }
    }

    /// <summary>Attach, publish, withdraw, detach: as an engine does all day.</summary>
    private async Task AttachAndDetachAsync(int worker, bool?[] acknowledged)
    {
        var owner = new Owner("test", $"workload-{worker}");
        acknowledged[worker] = null;
        await _machine.Client.DetachAsync(new DetachRequest(owner));
        acknowledged[worker] = false;
        var request = new AttachRequest { Network = "web", Endpoint = $"w{worker}", NetnsPath = $"/run/netns/{_machine.Instance}.w{worker}", Owner = owner };
        acknowledged[worker] = null;
        await _machine.Client.AttachAsync(request);
        acknowledged[worker] = true;
        IReadOnlyList<PortPublication> published = await _machine.Client.PublishAsync($"w{worker}", [new PortPublication { HostPort = 0, ContainerPort = 80 }]);
        await _machine.Client.UnpublishAsync($"w{worker}", published);
        await _machine.Client.PublishAsync($"w{worker}", [new PortPublication { HostPort = (ushort)(9000 + worker), ContainerPort = 80 }]);
    }

    private async Task CreateAndDeleteAsync()
    {
        foreach (Func<Task> step in (Func<Task>[])
        [
            () => _machine.Client.DeleteEndpointAsync("brief/e"), () => _machine.Client.DeleteNetworkAsync("brief"), () => _machine.Client.DeleteNamespaceAsync("brief"),
        ])
        {
            try
            {
                await step();
            }
            catch (FairwayException absent) when (absent.Kind == ErrorKind.NotFound)
            {
                // An earlier round did not get so far.
            }
        }
        await _machine.Client.CreateNetworkAsync(new NetworkSpec { Name = "brief" });
        await _machine.Client.CreateNamespaceAsync(new() { Name = "brief" });
        await _machine.Client.CreateEndpointAsync(new() { Name = "e", Network = "brief", Namespace = "brief" });
    }

    private async Task AgreeAsync(bool?[] acknowledged, string when)
    {
        IReadOnlyList<Endpoint> endpoints = await new Agreement(_machine).CheckAsync(when);
        for (int i = 0; i < Workers; i++)
            Assert.True(acknowledged[i] is not { } wanted || wanted == endpoints.Any(endpoint => endpoint.Spec.Name == $"w{i}"), $"{when}: w{i} acknowledged as {acknowledged[i]}");
    }

    private static async Task EchoAsync(params Socket[] sockets)
    {
        foreach (Socket socket in sockets)
        {
            using var patience = new CancellationTokenSource(Place.Patience);
            await socket.SendAsync("ping"u8.ToArray(), patience.Token);
            Assert.True(await socket.ReceiveAsync(new byte[4], patience.Token) > 0, "a connection ended");
        }
    }
}
