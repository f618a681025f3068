using System.Net;
using Fairway.Linux.Routing;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Routing;

public sealed class OtherNamespaceTests : IDisposable
{
    private readonly TestNamespace _here = new();
    private readonly TestNamespace _there = new();

    public void Dispose()
    {
        _there.Dispose();
        _here.Dispose();
    }

    [Fact]
    public void NamespaceCookie_OfASocket_IsItsNamespaces()
        => Assert.Equal(_there.Namespace.Cookie, _there.Route.NamespaceCookie);

    [Fact]
    public void FindNamespaceId_WithoutALinkBetween_IsNull()
        => Assert.Null(_here.Route.FindNamespaceId(_there.Namespace));

    [Fact]
    public void FindNamespaceId_WithAVethBetween_IsWhatTheLinkSays()
    {
        Link link = CreateVeth();
        int? id = _here.Route.FindNamespaceId(_there.Namespace);
        Assert.NotNull(id);
        Assert.Equal(link.LinkedNamespaceId, id);
    }

    [Fact]
    public void FindLink_InAnotherNamespace_DescribesTheLinkThere()
    {
        Link link = CreateVeth();
        Link? peer = _here.Route.FindLink(link.LinkedIndex!.Value, link.LinkedNamespaceId!.Value);
        Assert.Equal("inside", peer?.Name);
        Assert.Equal(new MacAddress(0x02_0000_0000_07), peer?.Mac);
        Assert.Null(_here.Route.FindLink(4711, link.LinkedNamespaceId.Value));
        Assert.Null(_here.Route.FindLink(link.LinkedIndex.Value, 4711));
    }

    [Fact]
    public void ListAddresses_InAnotherNamespace_ListsThoseOfTheLinkThere()
    {
        Link link = CreateVeth();
        int peer = link.LinkedIndex!.Value;
        _there.Route.AddAddress(new InterfaceAddress { LinkIndex = peer, Address = IPAddress.Parse("10.9.8.7"), PrefixLength = 24 });
        InterfaceAddress address = Assert.Single(_here.Route.ListAddresses(peer, link.LinkedNamespaceId!.Value));
        Assert.Equal(IPAddress.Parse("10.9.8.7"), address.Address);
        Assert.Equal(24, address.PrefixLength);
        Assert.Empty(_here.Route.ListAddresses(peer, 4711));
    }

    [Fact]
    public void CreateLink_WithQueuesOfBothEnds_HasAsMany()
    {
        CreateVeth();
        Assert.Contains("numtxqueues 1 ", _here.Exec("ip", "-d", "link", "show", "outside"), StringComparison.Ordinal);
        string inside = _there.Exec("ip", "-d", "link", "show", "inside");
        Assert.Contains("numtxqueues 1 ", inside, StringComparison.Ordinal);
        Assert.Contains("numrxqueues 1 ", inside, StringComparison.Ordinal);
    }

    private Link CreateVeth()
    {
        _here.Route.CreateLink(new VethSpec
        {
            Name = "outside",
            TxQueues = 1,
            RxQueues = 1,
            Peer = new VethPeerSpec { Name = "inside", Mac = new MacAddress(0x02_0000_0000_07), TxQueues = 1, RxQueues = 1, Namespace = _there.Namespace },
        });
        return _here.Route.GetLink("outside");
    }
}
