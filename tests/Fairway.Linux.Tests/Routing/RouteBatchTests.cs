using System.Net;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Routing;

public sealed class RouteBatchTests : IDisposable
{
    private readonly TestNamespace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Send_SomeRefused_DoesTheOthersAndTellsWhich()
    {
        var batch = new RouteBatch();
        batch.CreateLink(new BridgeSpec { Name = "br0" });
        batch.CreateLink(new BridgeSpec { Name = "br0" });
        batch.DeleteLink("none");
        batch.CreateLink(new BridgeSpec { Name = "br1" });

        IReadOnlyList<BatchFailure> failures = _here.Route.Send(batch);

        Assert.Equal([(1, Errno.EEXIST), (2, Errno.ENODEV)], failures.Select(failure => (failure.Index, failure.Error.Errno)));
        Assert.StartsWith("delete link 'none'", failures[1].Error.Message, StringComparison.Ordinal);
        Assert.Equal(["br0", "br1"], _here.Route.ListLinks(new LinkFilter { Kind = "bridge" }).Select(link => link.Name));
    }

    [Fact]
    public void Send_MoreThanOneSendHolds_DoesAllInOrder()
    {
        _here.Route.CreateLink(new BridgeSpec { Name = "br0", Up = true });
        int link = _here.Route.GetLink("br0").Index;
        var batch = new RouteBatch();
        for (int i = 0; i < 1000; i++)
        {
            var address = new InterfaceAddress { LinkIndex = link, Address = new IPAddress([10, 1, (byte)(i >> 8), (byte)i]), PrefixLength = 32 };
            batch.AddAddress(address);
            if (i % 100 == 7)
                batch.AddAddress(address);
        }

        IReadOnlyList<BatchFailure> failures = _here.Route.Send(batch);

        Assert.Equal([8, 109, 210, 311, 412, 513, 614, 715, 816, 917], failures.Select(failure => failure.Index));
        Assert.All(failures, failure => Assert.Equal(Errno.EEXIST, failure.Error.Errno));
        Assert.Equal(1000, _here.Route.ListAddresses(link).Count(address => address.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork));
    }

    [Fact]
    public void Batch_ClearedAndFilledAgain_CarriesOnlyTheNewChanges()
    {
        var batch = new RouteBatch();
        batch.CreateLink(new BridgeSpec { Name = "first" });
        batch.Clear();
        Assert.Empty(_here.Route.Send(batch));
        batch.CreateLink(new BridgeSpec { Name = "second" });

        _here.Route.Execute(batch);

        Assert.Equal(1, batch.Count);
        Assert.Equal(["second"], _here.Route.ListLinks(new LinkFilter { Kind = "bridge" }).Select(link => link.Name));
    }

    [Fact]
    public void AddRoute_WeightOutOfRange_IsRefusedBeforeTheKernelIsAsked() => Assert.Throws<ArgumentException>(() => new RouteBatch().AddRoute(new Route
    {
        Destination = IPNetwork.Parse("10.0.0.0/8"),
        NextHops = [new NextHop(1, null, 257)],
    }));

    [Fact]
    public async Task Requests_FromManyThreads_GetTheirOwnAnswers() => await Parallel.ForAsync(0, 40, TestContext.Current.CancellationToken, (i, _) =>
    {
        _here.Route.CreateLink(new BridgeSpec { Name = $"br{i}" });
        Assert.Equal($"br{i}", _here.Route.GetLink($"br{i}").Name);
        Assert.Contains(_here.Route.ListLinks(), link => link.Name == $"br{i}");
        return ValueTask.CompletedTask;
    });
}
