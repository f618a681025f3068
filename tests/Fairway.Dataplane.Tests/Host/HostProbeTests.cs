using System.Net;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Tests.Host;

public sealed class HostProbeTests : IAsyncDisposable
{
    private readonly TestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Routes_AreThoseToPrefixes_OursLeftOut()
    {
        _host.CreateOutside("lan0", "192.0.2.1", "192.0.2.9", 24);
        _host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("192.0.2.9") });
        _host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("10.0.0.0/8"), Gateway = IPAddress.Parse("192.0.2.9") });
        _host.Dataplane.Drivers.Networks.Apply([Plans.Network()]);
        Assert.Equal(["10.0.0.0/8", "192.0.2.0/24"], _host.Dataplane.Drivers.Probe.Routes().Select(route => route.ToString()).Order());
    }

    [Fact]
    public void UplinkMtu_IsThatOfTheDefaultRoutesDevice()
    {
        Assert.Equal(1500, _host.Dataplane.Drivers.Probe.UplinkMtu());
        _host.CreateOutside("lan0", "192.0.2.1", "192.0.2.9", 24);
        _host.Route.SetLink("lan0", new LinkChange { Mtu = 1380 });
        _host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("192.0.2.9") });
        Assert.Equal(1380, _host.Dataplane.Drivers.Probe.UplinkMtu());
    }
}
