using System.Net;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Dataplane.Tests.Uplinks;

public sealed class UplinkDriverTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly Link _lan;

    public UplinkDriverTests()
    {
        _host.CreateOutside("lan0", "192.0.2.1", "192.0.2.9", 24);
        _lan = _host.Route.GetLink("lan0");
        Synchronize();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Device_GetsTheFilterAndARow()
    {
        TcFilter filter = Assert.Single(FiltersOf(_lan));
        Assert.Equal(SwitchLimits.UplinkEthernet, filter.ClassId);
        Assert.Equal(IPAddress.Parse("192.0.2.1"), RowOf(_lan)!.Value.Source4.ToAddress());
        Assert.Equal(MappedAddress.None, RowOf(_lan)!.Value.Source6);
        Assert.Equal(0, Synchronize());
    }

    [Fact]
    public void DeviceThatComesLater_GetsThemToo()
    {
        _host.Route.CreateLink(new BridgeSpec { Name = "br9" });
        Assert.NotEqual(0, Synchronize());
        Link bridge = _host.Route.GetLink("br9");
        Assert.Single(FiltersOf(bridge));
        Assert.NotNull(RowOf(bridge));
        Assert.Equal(0, Synchronize());
    }

    [Fact]
    public void DeviceThatGoes_LosesItsRow()
    {
        _host.Route.DeleteLink(_lan.Index);
        Assert.NotEqual(0, Synchronize());
        Assert.Null(RowOf(_lan));
        Assert.DoesNotContain(new MappedAddress(IPAddress.Parse("192.0.2.1")), Addresses());
    }

    [Fact]
    public void DeviceWithoutLinkLayer_IsOfTheOtherClass()
    {
        _host.Exec("ip", "tuntap", "add", "mode", "tun", "tun9");
        Synchronize();
        Link tun = _host.Route.GetLink("tun9");
        Assert.Equal(SwitchLimits.UplinkRaw, Assert.Single(FiltersOf(tun)).ClassId);
        Assert.Equal(UplinkRow.NoMac, RowOf(tun)!.Value.Flags);
    }

    [Fact]
    public void LoopbackBridgePortsAndOurOwn_AreNoUplinks()
    {
        NetworkPlan network = Plans.Network();
        _host.Dataplane.Drivers.Networks.Apply([network]);
        EndpointPlan endpoint = Plans.Endpoint(network, _host.CreateSpace(), 1);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        _host.Route.CreateLink(new BridgeSpec { Name = "br9" });
        _host.Route.CreateLink(new VethSpec { Name = "port9", Master = _host.Route.GetLink("br9").Index, Peer = new VethPeerSpec { Name = "peer9", Namespace = _host.CreateSpace().Namespace } });
        Synchronize();
        string[] uplinks = [.. _host.Route.ListLinks().Where(link => RowOf(link) is not null).Select(link => link.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(["br9", "lan0"], uplinks);
        Assert.Empty(FiltersOf(_host.Route.GetLink("port9")));
    }

    [Fact]
    public void AddressesOfTheHost_AreKnown_OursIncluded()
    {
        _host.Dataplane.Drivers.Networks.Apply([Plans.Network()]);
        Synchronize();
        Assert.Superset(new HashSet<MappedAddress>(((string[])["127.0.0.1", "::1", "192.0.2.1", "10.77.0.1", "fd77::1"]).Select(address => new MappedAddress(IPAddress.Parse(address)))), Addresses());
    }

    [Fact]
    public void NewAddressOrRoute_BeginsAnEpoch_NothingNewDoesNot()
    {
        uint epoch = Epoch();
        Synchronize();
        Assert.Equal(epoch, Epoch());
        _host.Route.AddAddress(new InterfaceAddress { LinkIndex = _lan.Index, Address = IPAddress.Parse("192.0.2.77"), PrefixLength = 24 });
        Synchronize();
        Assert.NotEqual(epoch, Epoch());
        epoch = Epoch();
        _host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("198.51.100.0/24"), Gateway = IPAddress.Parse("192.0.2.9") });
        Synchronize();
        Assert.NotEqual(epoch, Epoch());
    }

    [Fact]
    public void Endpoints_DoNotBeginEpochs()
    {
        NetworkPlan network = Plans.Network();
        _host.Dataplane.Drivers.Networks.Apply([network]);
        Synchronize();
        uint epoch = Epoch();
        _host.Dataplane.Drivers.Endpoints.Apply(Plans.Endpoint(network, _host.CreateSpace(), 1));
        Assert.Equal(0, Synchronize());
        Assert.Equal(epoch, Epoch());
    }

    [Fact]
    public void DefaultRoutesSource_IsPreferred()
    {
        _host.Route.AddAddress(new InterfaceAddress { LinkIndex = _lan.Index, Address = IPAddress.Parse("192.0.2.77"), PrefixLength = 24 });
        _host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("192.0.2.9"), LinkIndex = _lan.Index, PreferredSource = IPAddress.Parse("192.0.2.77") });
        Synchronize();
        Assert.Equal(IPAddress.Parse("192.0.2.77"), RowOf(_lan)!.Value.Source4.ToAddress());
    }

    [Fact]
    public void FilterOfSomebodyElse_Stays_WhenOursGoes()
    {
        _host.Exec("tc", "filter", "add", "dev", "lan0", "ingress", "pref", "77", "protocol", "ip", "u32", "match", "u32", "0", "0", "classid", "1:1");
        new Uninstaller(_host.Options, new SettingRecord()).Run();
        Assert.DoesNotContain(_host.Route.ListFilters(_lan.Index, TrafficDirection.Ingress), filter => filter.Preference == Instance.FilterPreference);
        Assert.Contains("pref 77", _host.Exec("tc", "filter", "show", "dev", "lan0", "ingress"), StringComparison.Ordinal);
    }

    [Fact]
    public void ClsactThatOnlyWeUsed_GoesWithUs()
    {
        new Uninstaller(_host.Options, new SettingRecord()).Run();
        Assert.DoesNotContain(_host.Route.ListQdiscs(_lan.Index), qdisc => qdisc.Kind == "clsact");
    }

    [Fact]
    public void DeviceWithAnIngressQdisc_GetsTheFilterAllTheSame()
    {
        _host.Route.CreateLink(new BridgeSpec { Name = "br9" });
        _host.Exec("tc", "qdisc", "add", "dev", "br9", "ingress");
        Synchronize();
        Assert.Single(FiltersOf(_host.Route.GetLink("br9")));
    }

    private int Synchronize() => _host.Dataplane.Drivers.Uplinks.Synchronize();

    private uint Epoch() => _host.Dataplane.Switch.Config.Epoch;

    private UplinkRow? RowOf(Link link) => _host.Dataplane.Switch.Maps.Uplinks.Find((uint)link.Index);

    private HashSet<MappedAddress> Addresses() => [.. _host.Dataplane.Switch.Maps.HostAddresses.Enumerate().Select(entry => entry.Key)];

    private TcFilter[] FiltersOf(Link link)
        => [.. _host.Route.ListFilters(link.Index, TrafficDirection.Ingress).Where(filter => filter.Preference == Instance.FilterPreference && filter.Handle == _host.Instance.FilterHandle)];
}
