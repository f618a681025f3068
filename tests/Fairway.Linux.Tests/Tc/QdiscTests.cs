using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Tc;

public sealed class QdiscTests : IDisposable
{
    private readonly TestNamespace _here = new();
    private readonly int _link;

    public QdiscTests()
    {
        _here.Route.CreateLink(new VethSpec { Name = "a", Up = true, Peer = new VethPeerSpec { Name = "b" } });
        _link = _here.Route.GetLink("a").Index;
    }

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Clsact_AddedTwiceListedAndDeleted_IsThereOnce()
    {
        _here.Route.AddClsact(_link);
        _here.Route.AddClsact(_link);

        Assert.Single(_here.Route.ListQdiscs(_link), qdisc => qdisc.Kind == "clsact");
        Assert.Empty(_here.Route.ListFilters(_link, TrafficDirection.Ingress));
        Assert.True(_here.Route.DeleteClsact(_link));
        Assert.False(_here.Route.DeleteClsact(_link));
        Assert.False(_here.Route.DeleteClsact(4711));
        Assert.Equal(Errno.ENODEV, Assert.Throws<LinuxException>(() => _here.Route.AddClsact(4711)).Errno);
    }

    [Fact]
    public void Ingress_AddedTwiceListedAndDeleted_IsThereOnce()
    {
        _here.Route.AddIngress(_link);
        _here.Route.AddIngress(_link);

        Assert.Single(_here.Route.ListQdiscs(_link), qdisc => qdisc.Kind == "ingress");
        Assert.Equal(Errno.EINVAL, Assert.Throws<LinuxException>(() => _here.Route.AddClsact(_link)).Errno);
        Assert.True(_here.Route.DeleteIngress(_link));
        Assert.False(_here.Route.DeleteIngress(_link));
        Assert.False(_here.Route.DeleteIngress(4711));
        _here.Route.AddClsact(_link);
        Assert.Equal(Errno.EINVAL, Assert.Throws<LinuxException>(() => _here.Route.AddIngress(_link)).Errno);
    }

    [Theory]
    [InlineData(125_000, 65_536, 1_000_000, "rate 1Mbit burst 64Kb")]
    [InlineData(12_500_000_000, 262_144, 2_000_000, "rate 100Gbit")]
    public void Tbf_OfEveryRate_IsAsAsked(ulong rate, uint burst, uint limit, string shown)
    {
        _here.Route.ReplaceTbf(new TbfSpec { LinkIndex = _link, Rate = rate, Burst = burst, Limit = limit });

        Assert.Contains(shown, _here.Exec("tc", "qdisc", "show", "dev", "a", "root"), StringComparison.Ordinal);
        Assert.Contains(_here.Route.ListQdiscs(_link), qdisc => qdisc is { Kind: "tbf", Parent: Qdisc.Root, Handle: 0x0001_0000 });
        Assert.True(_here.Route.DeleteRootQdisc(_link));
        Assert.False(_here.Route.DeleteRootQdisc(_link));
    }

    [Fact]
    public void Tbf_Replaced_HasTheNewRate()
    {
        _here.Route.ReplaceTbf(new TbfSpec { LinkIndex = _link, Rate = 125_000, Burst = 65_536, Limit = 100_000 });
        _here.Route.ReplaceTbf(new TbfSpec { LinkIndex = _link, Rate = 250_000, Burst = 65_536, Limit = 100_000 });

        Assert.Contains("rate 2Mbit", _here.Exec("tc", "qdisc", "show", "dev", "a", "root"), StringComparison.Ordinal);
    }
}
