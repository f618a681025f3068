using System.Net;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Testing;

namespace Fairway.Engine.Tests.Operations;

/// <summary>An engine with a dual-stack network <c>web</c>, 10.1.0.0/24 and fd00:1::/64.</summary>
public abstract class OperationTest : IAsyncLifetime
{
    protected TestEngine Host { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Host = await TestEngine.StartAsync();
        await CreateNetworkAsync("web", "10.1.0.0/24", "fd00:1::/64");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<Network> CreateNetworkAsync(string name, params string[] prefixes) =>
        CreateNetworkAsync(new NetworkSpec { Name = name, Subnets = [.. prefixes.Select(prefix => new SubnetSpec(IPNetwork.Parse(prefix)))] });

    protected Task<Network> CreateNetworkAsync(NetworkSpec spec) => Host.Networking.CreateNetworkAsync(spec, Cancellation);

    protected Task<Endpoint> CreateEndpointAsync(string? name, string network = "web", string? path = null, params PortPublication[] publications) =>
        Host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = name, Network = network, NetnsPath = path, Publications = [.. publications] }, Cancellation);

    /// <summary>A namespace somebody else made.</summary>
    protected string Foreign(int process) => Host.Kernel.AddNamespace($"/proc/{process}/ns/net");

    protected static PortPublication Port(int port, int containerPort = 80) => new() { HostPort = (ushort)port, ContainerPort = (ushort)containerPort };

    /// <summary>What was told after a revision, up to now.</summary>
    protected async Task<List<string>> ChangesAsync(long after)
    {
        var changes = new List<Change>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var reader = Host.Networking.WatchAsync(after, stop.Token).GetAsyncEnumerator(stop.Token);
        // What is known comes at once; what has to be waited for is not known yet.
        var next = reader.MoveNextAsync().AsTask();
        for (; next.IsCompletedSuccessfully; next = reader.MoveNextAsync().AsTask())
            changes.Add(reader.Current);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        return [.. changes.Select(change => $"{change.Kind} {change.Resource} {change.Name}")];
    }

    /// <summary>Waits for something that comes by itself.</summary>
    protected static async Task UntilAsync(Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "it does not come");
            await Task.Delay(1, Cancellation);
        }
    }
}
