using Fairway.Linux.Routing;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Routing;

public sealed class LinkTests : IDisposable
{
    private readonly TestNamespace _here = new();
    private readonly TestNamespace _there = new();

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public void CreateLink_VethWithEverything_BothEndsAreAsAsked()
    {
        _here.Route.CreateLink(new VethSpec
        {
            Name = "left",
            Index = 101,
            Mac = MacAddress.Parse("02:00:00:00:00:01"),
            Mtu = 1400,
            Group = 7,
            TxQueueLength = 77,
            Peer = new VethPeerSpec
            {
                Name = "right",
                Index = 202,
                Mac = MacAddress.Parse("02:00:00:00:00:02"),
                Mtu = 1300,
                Group = 8,
                TxQueueLength = 88,
                Namespace = _there.Namespace,
            },
        });

        Link left = _here.Route.GetLink("left");
        Link right = _there.Route.GetLink(202);
        Assert.Equal((101, "left", "veth", 1400u, 7u, 77u), (left.Index, left.Name, left.Kind, left.Mtu, left.Group, left.TxQueueLength));
        Assert.Equal((202, "right", "veth", 1300u, 8u, 88u), (right.Index, right.Name, right.Kind, right.Mtu, right.Group, right.TxQueueLength));
        Assert.Equal("02:00:00:00:00:01", left.Mac.ToString());
        Assert.Equal("02:00:00:00:00:02", right.Mac.ToString());
        Assert.Equal(202, left.LinkedIndex);
        Assert.NotNull(left.LinkedNamespaceId);
        Assert.False(left.IsUp);
    }

    [Fact]
    public void CreateLink_NameTaken_ThrowsWithNameAndErrno()
    {
        _here.Route.CreateLink(new BridgeSpec { Name = "br0" });

        var error = Assert.Throws<LinuxException>(() => _here.Route.CreateLink(new BridgeSpec { Name = "br0" }));

        Assert.Equal(Errno.EEXIST, error.Errno);
        Assert.StartsWith("create link 'br0': File exists (EEXIST)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SetLink_EveryChange_IsVisible()
    {
        _here.Route.CreateLink(new VethSpec { Name = "a", Peer = new VethPeerSpec { Name = "b" } });
        int index = _here.Route.GetLink("a").Index;

        _here.Route.SetLink(index, new LinkChange
        {
            Name = "renamed",
            Mac = MacAddress.Parse("02:00:00:00:00:09"),
            Mtu = 1280,
            Group = 3,
            Arp = false,
            Promiscuous = true,
            Alias = "the first",
            TxQueueLength = 5,
            AddressGeneration = AddressGenerationMode.None,
        });
        _here.Route.AddAlternativeName(index, "endpoint-0123456789abcdef0123456789abcdef");

        Link link = _here.Route.GetLink("endpoint-0123456789abcdef0123456789abcdef");
        Assert.Equal(("renamed", 1280u, 3u, "the first", 5u), (link.Name, link.Mtu, link.Group, link.Alias, link.TxQueueLength));
        Assert.Equal("02:00:00:00:00:09", link.Mac.ToString());
        Assert.True(link.Flags.HasFlag(LinkFlags.NoArp | LinkFlags.Promiscuous));
        Assert.Equal(AddressGenerationMode.None, link.AddressGeneration);
        Assert.Equal(["endpoint-0123456789abcdef0123456789abcdef"], link.AlternativeNames);
        Assert.True(_here.Route.DeleteAlternativeName(index, "endpoint-0123456789abcdef0123456789abcdef"));
        Assert.False(_here.Route.DeleteAlternativeName(index, "endpoint-0123456789abcdef0123456789abcdef"));
    }

    [Fact]
    public void SetLink_UpOnBothEnds_IsOperationallyUp()
    {
        _here.Route.CreateLink(new VethSpec { Name = "a", Up = true, Peer = new VethPeerSpec { Name = "b" } });
        Assert.True(_here.Route.GetLink("a").IsUp);

        _here.Route.SetLink("b", new LinkChange { Up = true });

        Assert.Equal(OperationalState.Up, _here.Route.GetLink("a").State);
        _here.Route.SetLink("b", new LinkChange { Up = false });
        Assert.False(_here.Route.GetLink("b").IsUp);
    }

    [Fact]
    public void SetLink_RenameByName_IsRefusedBeforeTheKernelIsAsked()
        => Assert.Throws<ArgumentException>(() => _here.Route.SetLink("lo", new LinkChange { Name = "other" }));

    [Fact]
    public void CreateLink_VxlanWithCollectedMetadata_SaysSo()
    {
        _here.Route.CreateLink(new VxlanSpec { Name = "vx", CollectMetadata = true, Port = 4789, Learning = false });

        Assert.Equal(new VxlanLink(true, 0, 4789), _here.Route.GetLink("vx").Vxlan);
    }

    [Fact]
    public void CreateLink_PortOfABridge_HasAMaster()
    {
        _here.Route.CreateLink(new BridgeSpec { Name = "br0", MulticastSnooping = false });
        Link bridge = _here.Route.GetLink("br0");
        _here.Route.CreateLink(new IfbSpec { Name = "ifb9" });
        _here.Route.CreateLink(new VethSpec { Name = "a", Master = bridge.Index, Peer = new VethPeerSpec { Name = "b" } });

        Assert.Equal((bridge.Index, "bridge"), (_here.Route.GetLink("a").Master, _here.Route.GetLink("a").PortKind));
        Assert.Equal(["a"], _here.Route.ListLinks(new LinkFilter { Master = bridge.Index }).Select(link => link.Name));
        Assert.Equal(["ifb9"], _here.Route.ListLinks(new LinkFilter { Kind = "ifb" }).Select(link => link.Name));
        _here.Route.SetLink("a", new LinkChange { Master = 0 });
        Assert.Null(_here.Route.GetLink("a").Master);
    }

    [Fact]
    public void DeleteLink_Absent_IsFalse()
    {
        Assert.False(_here.Route.DeleteLink("none"));
        Assert.False(_here.Route.DeleteLink(4711));
        Assert.Null(_here.Route.FindLink("none"));
        Assert.Equal(Errno.ENODEV, Assert.Throws<LinuxException>(() => _here.Route.GetLink("none")).Errno);
    }

    [Fact]
    public void DeleteLinkGroup_ManyLinks_LeavesOnlyOthers()
    {
        for (int i = 0; i < 5; i++)
            _here.Route.CreateLink(new VethSpec { Name = $"a{i}", Group = 42, Peer = new VethPeerSpec { Name = $"b{i}" } });
        _here.Route.CreateLink(new BridgeSpec { Name = "stays" });

        Assert.True(_here.Route.DeleteLinkGroup(42));

        Assert.Equal(["stays"], _here.Route.ListLinks().Where(link => link.Kind is not null).Select(link => link.Name));
        Assert.False(_here.Route.DeleteLinkGroup(42));
    }

    [Fact]
    public void ListLinks_AfterPings_CountsLoopbackTraffic()
    {
        _here.Namespace.SetLoopbackUp();
        _here.Exec("ping", "-c", "3", "-i", "0.01", "127.0.0.1");

        LinkStatistics counters = Assert.Single(_here.Route.ListLinks(), link => link.Name == "lo").Statistics!;
        Assert.Equal((6ul, 6ul, 504ul), (counters.RxPackets, counters.TxPackets, counters.RxBytes));
    }
}
