using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Tests.Endpoints;

/// <summary>Whatever is broken is seen, and put right without making the interface anew.</summary>
public sealed class EndpointRepairTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly TestSpace _space;
    private readonly EndpointPlan _endpoint;
    private readonly Link _outer;
    private readonly Link _inner;

    public EndpointRepairTests()
    {
        NetworkPlan network = Plans.Network();
        _host.Dataplane.Drivers.Networks.Apply([network]);
        _space = _host.CreateSpace();
        _endpoint = Plans.Endpoint(network, _space, 1);
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        _outer = _host.Route.GetLink(_endpoint.HostLink);
        _inner = _space.Route.GetLink("eth0");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void HostLinkDown_IsRepaired() => AssertRepaired(() => _host.Route.SetLink(_outer.Index, new LinkChange { Up = false }));

    [Fact]
    public void FilterDeleted_IsRepaired() => AssertRepaired(() => _host.Route.DeleteIngress(_outer.Index));

    [Fact]
    public void ClsactInPlaceOfIngress_IsRepaired() => AssertRepaired(() =>
    {
        _host.Route.DeleteIngress(_outer.Index);
        _host.Route.AddClsact(_outer.Index);
    });

    [Fact]
    public void PortRowCleared_IsRepaired() => AssertRepaired(() => _host.Dataplane.Switch.Maps.Ports.Set(_endpoint.Port, default));

    [Fact]
    public void AddressRowDeleted_IsRepaired()
        => AssertRepaired(() => _host.Dataplane.Switch.Maps.Addresses.Remove(new AddressKey(_endpoint.Network, new MappedAddress(_endpoint.Addresses[1].Address))));

    [Fact]
    public void InterfaceDown_IsRepaired() => AssertRepaired(() => _space.Route.SetLink(_inner.Index, new LinkChange { Up = false }));

    [Fact]
    public void InterfaceRenamed_IsRepaired() => AssertRepaired(() => _space.Route.SetLink(_inner.Index, new LinkChange { Name = "other0" }));

    [Fact]
    public void MacChanged_IsRepaired() => AssertRepaired(() => _space.Route.SetLink(_inner.Index, new LinkChange { Mac = new MacAddress(0x02_99_99_99_99_99UL) }));

    [Fact]
    public void MtuChanged_IsRepaired() => AssertRepaired(() => _space.Route.SetLink(_inner.Index, new LinkChange { Mtu = 1300 }));

    [Fact]
    public void AddressDeleted_IsRepaired() => AssertRepaired(() =>
        _space.Route.DeleteAddress(new InterfaceAddress { LinkIndex = _inner.Index, Address = _endpoint.Addresses[0].Address, PrefixLength = 24 }));

    [Fact]
    public void InterfaceDeleted_IsMadeAnew()
    {
        _space.Route.DeleteLink(_inner.Index);
        AssertRepairs();
    }

    [Fact]
    public void StrangeAddress_GoesWithTheNextApply()
    {
        var strange = new InterfaceAddress { LinkIndex = _inner.Index, Address = IPAddress.Parse("10.77.0.99"), PrefixLength = 24 };
        _space.Route.AddAddress(strange);
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.DoesNotContain(_space.Route.ListAddresses(), address => address.Address.Equals(strange.Address));
    }

    [Fact]
    public void EndpointMovedToAnotherNamespace_LeavesTheFirst()
    {
        TestSpace other = _host.CreateSpace();
        EndpointPlan moved = _endpoint with { NetnsPath = other.Path, NetnsCookie = other.Namespace.Cookie };
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([moved]));
        _host.Dataplane.Drivers.Endpoints.Apply(moved);
        Assert.Contains(moved.Id, _host.Dataplane.Drivers.Endpoints.Observe([moved]));
        Assert.Null(_space.Route.FindLink("eth0"));
        _host.Ping("10.77.0.2");
    }

    [Fact]
    public void NamespaceGone_IsNotInPlaceAndLeavesNothingToRemove()
    {
        TestSpace doomed = _host.CreateSpace();
        EndpointPlan endpoint = Plans.Endpoint(Plans.Network(), doomed, 7);
        _host.Dataplane.Drivers.Endpoints.Apply(endpoint);
        doomed.Dispose();
        NetworkNamespace.Delete(doomed.Name);
        Assert.DoesNotContain(endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([endpoint, _endpoint]));
        _host.Dataplane.Drivers.Endpoints.Remove([endpoint]);
        Assert.Equal(PortFlags.None, _host.Dataplane.Switch.Maps.Ports.Find(7)!.Value.Flags);
    }

    private void AssertRepaired(Action damage)
    {
        damage();
        AssertRepairs();
        Assert.Equal(_outer.Index, _host.Route.GetLink(_endpoint.HostLink).Index);
        Assert.Equal(_inner.Index, _space.Route.GetLink("eth0").Index);
    }

    private void AssertRepairs()
    {
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.Contains(_endpoint.Id, _host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
        _host.Ping("10.77.0.2");
        _host.Ping("fd77::2");
    }
}
