using Fairway.Engine.Tests.Histories;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

public sealed class ConcurrencyTests : OperationTest
{
    private const int Clients = 200;

    [Fact]
    public async Task TwoHundredClients_AttachPublishAndDetach_WithoutMeeting()
    {
        var revision = Host.Networking.Revision;
        await Task.WhenAll(Enumerable.Range(1, Clients).Select(client => Task.Run(async () =>
        {
            var result = await Host.Networking.AttachAsync(Workload(client, Foreign(client)) with { Publish = [Port(0)] }, Cancellation);
            Assert.Equal(["eth0"], Host.Kernel.InterfacesIn($"/proc/{client}/ns/net"));
            Assert.Contains(result.EndpointId, Host.Kernel.Endpoints.Keys);
            await Host.Networking.PublishAsync(result.EndpointId.ToString(), [Port(0, 81)], Cancellation);
        }, Cancellation)));
        Invariants.Check(Host.Engine.Store.Current);
        await Invariants.ComeToRestAsync(Host, Cancellation);
        Assert.Equal(Clients, Host.Kernel.Endpoints.Count);
        Assert.Equal(4 * Clients, Host.Kernel.Publications.Count);
        Assert.Equal(2 * Clients, Host.Networking.Endpoints.SelectMany(endpoint => endpoint.Spec.Publications.Select(publication => publication.HostPort)).Distinct().Count());
        // Created and attached, once each; published once more.
        Assert.Equal(3 * Clients, (await ChangesAsync(revision)).Count(change => change.Contains(" Endpoint ", StringComparison.Ordinal)));

        await Task.WhenAll(Enumerable.Range(1, Clients).Select(client => Task.Run(async () =>
        {
            await Host.Networking.DetachAsync(new DetachRequest(new Owner("test", $"w{client}")), Cancellation);
            Assert.Empty(Host.Kernel.InterfacesIn($"/proc/{client}/ns/net"));
        }, Cancellation)));
        Assert.Empty(Host.Networking.Endpoints);
        Assert.Empty(Host.Networking.Namespaces);
        Assert.Empty(Host.Kernel.Endpoints);
        Assert.Empty(Host.Kernel.Publications);
    }

    [Fact]
    public async Task TheSameWorkload_AskingManyTimesAtOnce_GetsOneEndpoint()
    {
        var path = Foreign(1);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Host.Networking.AttachAsync(Workload(1, path), Cancellation), Cancellation)));
        Assert.Single(results.Select(result => result.EndpointId).Distinct());
        Assert.Single(Host.Networking.Endpoints);
        Assert.Single(Host.Kernel.Endpoints);
    }

    /// <summary>A namespace nobody named is forgotten with its last endpoint, and known again with the next.</summary>
    [Fact]
    public async Task OneNamespace_AttachedAndDetachedByMany_NeverRefuses()
    {
        var path = Foreign(1);
        await Task.WhenAll(Enumerable.Range(1, 8).Select(client => Task.Run(async () =>
        {
            for (var round = 0; round < 50; round++)
            {
                await Host.Networking.AttachAsync(Workload(client, path) with { InterfaceName = $"eth{client}" }, Cancellation);
                await Host.Networking.DetachAsync(new DetachRequest(new Owner("test", $"w{client}")), Cancellation);
            }
        }, Cancellation)));
        Invariants.Check(Host.Engine.Store.Current);
    }

    [Fact]
    public async Task OneStaticAddress_AskedForByMany_GoesToOne()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            try
            {
                await Host.Networking.CreateEndpointAsync(new Model.Requests.CreateEndpointRequest { Network = "web", Addresses = [System.Net.IPAddress.Parse("10.1.0.50")] }, Cancellation);
                return true;
            }
            catch (FairwayException refused) when (refused.Kind == ErrorKind.Conflict)
            {
                return false;
            }
        }, Cancellation)));
        Assert.Single(outcomes, won => won);
    }

    [Fact]
    public async Task AttachAndDelete_OfTheSameEndpoint_EndInAgreement()
    {
        for (var round = 0; round < 30; round++)
        {
            var path = Foreign(round);
            var endpoint = await CreateEndpointAsync("a", publications: Port(8080));
            await Task.WhenAll(
                AcceptRefusalAsync(() => Host.Networking.AttachEndpointAsync("a", path, null, Cancellation)),
                AcceptRefusalAsync(() => Host.Networking.DeleteEndpointAsync("a", Cancellation)),
                AcceptRefusalAsync(() => Host.Networking.UnpublishAsync("a", [Port(8080)], Cancellation)));
            Assert.DoesNotContain(endpoint.Spec.Id, Host.Kernel.Endpoints.Keys);
            Assert.Empty(Host.Kernel.Publications);
            Assert.Empty(Host.Kernel.InterfacesIn(path));
            Invariants.Check(Host.Engine.Store.Current);
        }
    }

    [Fact]
    public async Task DeletingANetwork_WhileEndpointsAreCreated_LeavesNoneWithoutANetwork()
    {
        for (var round = 0; round < 20; round++)
        {
            await CreateNetworkAsync("busy", "10.5.0.0/24");
            var paths = Enumerable.Range(0, 5).Select(i => Foreign(1000 + round * 10 + i)).ToList();
            await Task.WhenAll(
                [.. paths.Select(path => AcceptRefusalAsync(() => CreateEndpointAsync(null, "busy", path))),
                AcceptRefusalAsync(() => Host.Networking.DeleteNetworkAsync("busy", Cancellation))]);
            Invariants.Check(Host.Engine.Store.Current);
            await Invariants.ComeToRestAsync(Host, Cancellation);
            await Task.WhenAll(Host.Networking.Endpoints.Select(endpoint => Host.Networking.DeleteEndpointAsync(endpoint.Spec.Id.ToString(), Cancellation)));
            await AcceptRefusalAsync(() => Host.Networking.DeleteNetworkAsync("busy", Cancellation));
        }
    }

    [Fact]
    public async Task ASlowKernel_DelaysNobodyElsesDetach_OfAnotherLane()
    {
        var slow = await CreateEndpointAsync("slow");
        var others = new List<Endpoint>();
        for (var i = 1; i <= 8; i++)
            others.Add(await CreateEndpointAsync($"e{i}", path: Foreign(i)));
        using var release = new ManualResetEventSlim();
        var blocked = 0;
        Host.Kernel.Before = operation =>
        {
            if (operation == FakeOperation.EndpointApply && Interlocked.Increment(ref blocked) == 1)
                release.Wait(TimeSpan.FromSeconds(60), Cancellation);
        };
        var attach = Host.Networking.AttachEndpointAsync("slow", Foreign(100), null, Cancellation);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref blocked) > 0, TimeSpan.FromSeconds(60)));
        var detached = others.Select(endpoint => Host.Networking.DetachEndpointAsync(endpoint.Spec.Name!, Cancellation)).ToList();
        // With four lanes, most of eight do not share the slow one's.
        await Task.WhenAny(detached).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.False(attach.IsCompleted);
        Assert.Equal(slow.Spec.Id, Host.Networking.GetEndpoint("slow").Spec.Id);
        release.Set();
        await Task.WhenAll([.. detached, attach]);
    }

    private static async Task AcceptRefusalAsync(Func<Task> operation)
    {
        try
        {
            await Task.Run(operation, Cancellation);
        }
        catch (FairwayException refused) when (refused.Kind is ErrorKind.NotFound or ErrorKind.Conflict or ErrorKind.AlreadyExists)
        {
            // The other was faster.
        }
    }

    private static AttachRequest Workload(int number, string path) => new() { Network = "web", NetnsPath = path, Owner = new Owner("test", $"w{number}", Name: $"w{number}") };
}
