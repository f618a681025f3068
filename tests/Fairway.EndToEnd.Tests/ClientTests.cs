using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Attach;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Endpoints;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Query;
using Fairway.Model.Policies;

namespace Fairway.EndToEnd.Tests;

/// <summary>The client library on a daemon that is real: what an embedder does.</summary>
public sealed class ClientTests(Machine machine) : IClassFixture<Machine>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Engine_AttachesADeviceToANamespaceOfItsOwn_AndAgainWithTheSameAnswer()
    {
        await machine.DoAsync("network create engines");
        var request = new AttachRequest { Network = "engines", NetnsPath = machine.Lan.Path, InterfaceName = "eng0", Owner = new Owner("example", "container-1", "shop") };
        AttachResult first = await machine.Client.AttachAsync(request, Cancellation);
        AttachResult again = await machine.Client.AttachAsync(request, Cancellation);
        Assert.Equal((first.EndpointId, first.Revision), (again.EndpointId, again.Revision));
        Assert.Equal(await machine.GatewayAsync("engines", 4), first.Dns.Servers[0]);
        await machine.Client.DetachAsync(new DetachRequest(request.Owner), Cancellation);
        await machine.Client.DetachAsync(new DetachRequest(request.Owner), Cancellation);
        await machine.DoAsync("network delete engines");
    }

    [Fact]
    public async Task Changes_AreSeenInTheirOrder()
    {
        long before = (await machine.Client.GetHealthAsync(Cancellation)).Revision;
        await machine.DoAsync("network create seen");
        await machine.DoAsync("network delete seen");
        var changes = new List<(ResourceKind, ChangeKind, string?)>();
        await foreach (Change change in machine.Client.WatchChangesAsync(before, Cancellation))
        {
            changes.Add((change.Resource, change.Kind, change.Name));
            if (changes.Count(seen => seen.Item3 == "seen") == 2)
                break;
        }
        Assert.Equal([(ResourceKind.Network, ChangeKind.Created, "seen"), (ResourceKind.Network, ChangeKind.Deleted, "seen")], changes.Where(seen => seen.Item3 == "seen"));
    }

    [Fact]
    public async Task HcnDocuments_AreTheSameResources()
    {
        var made = await machine.Client.Hcn.Networks.CreateAsync(new HostComputeNetwork { Name = "windows", Type = NetworkMode.NAT }, Cancellation);
        Assert.Contains("windows", await machine.DoAsync("network list"), StringComparison.Ordinal);
        var endpoint = await machine.Client.Hcn.Endpoints.CreateAsync(new HostComputeEndpoint { Name = "pane", HostComputeNetwork = made.Id }, Cancellation);
        Assert.Equal("pane", Assert.Single(await machine.Client.Hcn.Endpoints.QueryAsync(new HostComputeQuery { Filter = """{"Name":"pane"}""" }, Cancellation)).Name);
        Assert.True((await machine.Client.Hcn.GetVersionAsync(Cancellation)).Major >= 2);
        await machine.Client.Hcn.Endpoints.DeleteAsync(endpoint.Id!.Value, Cancellation);
        await machine.Client.Hcn.Networks.DeleteAsync(made.Id!.Value, Cancellation);
        var gone = await Assert.ThrowsAsync<FairwayException>(() => machine.Client.Hcn.Networks.GetAsync(made.Id.Value, Cancellation));
        Assert.Equal((ErrorKind.NotFound, HcnErrorCode.NetworkNotFound), (gone.Kind, gone.HcnCode));
    }

    [Fact]
    public async Task Metrics_AreText() => Assert.Contains("fairway_", await machine.Client.GetMetricsAsync(Cancellation), StringComparison.Ordinal);

    /// <summary>Refused before it is sent: while it was under way, the answer used to get lost with the connection.</summary>
    [Fact]
    public async Task Request_ThatIsTooLong_IsRefusedInWords()
    {
        var rule = new AclRule { Kind = PolicyKind.Acl, Direction = PolicyDirection.In, Action = PolicyAction.Block, Protocols = [6] };
        var refused = await Assert.ThrowsAsync<FairwayException>(() => machine.Client.AddRulesAsync("anybody", isNetwork: false, [.. Enumerable.Repeat(rule, 60_000)], Cancellation));
        Assert.Contains("longer than 1048576 bytes; ask for less at a time", refused.Message, StringComparison.Ordinal);
    }
}
