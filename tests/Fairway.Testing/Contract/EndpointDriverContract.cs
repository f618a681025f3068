using Fairway.Engine.Plan;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Testing.Contract;

public abstract class EndpointDriverContract : DriverContract
{
    [Theory]
    [InlineData(NetworkType.Nat)]
    [InlineData(NetworkType.Internal)]
    [InlineData(NetworkType.Private)]
    public void Apply_PutsInterfaceWithAddressesIntoNamespace(NetworkType type)
    {
        var endpoint = Sample(Network(type), 1, Namespace("a"));
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
        Drivers.Endpoints.Apply(endpoint);
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
        Assert.Equal(["eth0"], Host.Interfaces(endpoint.NetnsPath));
        Assert.Equal(endpoint.Addresses.OrderBy(Text), Host.Addresses(endpoint.NetnsPath, "eth0").OrderBy(Text));
    }

    [Fact]
    public void Apply_OfSingleFamily_Works()
    {
        var network = Network();
        var v4 = Sample(network, 1, Namespace("a"));
        v4 = v4 with { Addresses = [v4.Addresses[0]], Gateways = [v4.Gateways[0]] };
        var v6 = Sample(network, 2, Namespace("b"));
        v6 = v6 with { Addresses = [v6.Addresses[1]], Gateways = [v6.Gateways[1]] };
        Drivers.Endpoints.Apply(v4);
        Drivers.Endpoints.Apply(v6);
        Assert.Equal(v4.Addresses, Host.Addresses(v4.NetnsPath, "eth0"));
        Assert.Equal(v6.Addresses, Host.Addresses(v6.NetnsPath, "eth0"));
        Assert.Equal(2, Drivers.Endpoints.Observe([v4, v6]).Count);
    }

    [Fact]
    public void Apply_Twice_ChangesNothing()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Drivers.Endpoints.Apply(endpoint);
        Drivers.Endpoints.Apply(endpoint);
        Assert.Equal(["eth0"], Host.Interfaces(endpoint.NetnsPath));
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
    }

    [Fact]
    public void Apply_WithASidecarForCallers_ChangesInPlace()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        var led = endpoint with { CallersMeetSidecar = true };
        Drivers.Endpoints.Apply(endpoint);
        Assert.Empty(Drivers.Endpoints.Observe([led]));
        Drivers.Endpoints.Apply(led);
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([led]));
        Drivers.Endpoints.Apply(endpoint);
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
        Assert.Equal(["eth0"], Host.Interfaces(endpoint.NetnsPath));
    }

    [Fact]
    public void Apply_OfSeveralInOneNamespace_GivesEachItsInterface()
    {
        var network = Network();
        var path = Namespace("a");
        EndpointPlan[] endpoints = [Sample(network, 1, path), Sample(network, 2, path, "eth1")];
        foreach (var endpoint in endpoints)
            Drivers.Endpoints.Apply(endpoint);
        Assert.Equal(["eth0", "eth1"], Host.Interfaces(path));
        Assert.Equal(2, Drivers.Endpoints.Observe(endpoints).Count);
    }

    [Fact]
    public void Apply_ToAbsentNamespace_IsNotFound_AndLeavesNothing()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Drivers.Namespaces.Delete(endpoint.NetnsPath);
        var refused = Assert.Throws<FairwayException>(() => Drivers.Endpoints.Apply(endpoint));
        Assert.Equal(ErrorKind.NotFound, refused.Kind);
        Assert.Contains(endpoint.NetnsPath, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
    }

    [Fact]
    public void Apply_ToNamespaceWithAnotherCookie_IsNotFound()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Drivers.Namespaces.Delete(endpoint.NetnsPath);
        Assert.Equal(endpoint.NetnsPath, Namespace("a"));
        var refused = Assert.Throws<FairwayException>(() => Drivers.Endpoints.Apply(endpoint));
        Assert.Equal(ErrorKind.NotFound, refused.Kind);
        Assert.Empty(Host.Interfaces(endpoint.NetnsPath));
    }

    [Fact]
    public void Apply_UnderTakenInterfaceName_IsConflict_AndLeavesTheOther()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Host.AddForeignInterface(endpoint.NetnsPath, "eth0");
        var refused = Assert.Throws<FairwayException>(() => Drivers.Endpoints.Apply(endpoint));
        Assert.Equal(ErrorKind.Conflict, refused.Kind);
        Assert.Contains("eth0", refused.Message, StringComparison.Ordinal);
        Drivers.Endpoints.Remove([endpoint]);
        Assert.Equal(["eth0"], Host.Interfaces(endpoint.NetnsPath));
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
    }

    [Fact]
    public void Apply_OfChangedMtuAndPortName_ChangesThemWhereTheyAre()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Drivers.Endpoints.Apply(endpoint);
        foreach (var changed in (EndpointPlan[])[endpoint with { PortName = Host.LinkName("web-1") }, endpoint with { PortName = Host.LinkName("web-2"), Mtu = 1400 }, endpoint with { Mtu = 1300 }, endpoint])
        {
            Assert.Empty(Drivers.Endpoints.Observe([changed]));
            Drivers.Endpoints.Apply(changed);
            Assert.Equal([changed.Id], Drivers.Endpoints.Observe([changed]));
            Assert.Equal(["eth0"], Host.Interfaces(endpoint.NetnsPath));
        }
    }

    [Fact]
    public void PortName_IsFreeAtOnce_WhenItsEndpointGoes_AlsoAfterRestart()
    {
        var network = Network();
        var name = Host.LinkName("web-1");
        for (var port = 1u; port <= 3; port++)
        {
            var endpoint = Sample(network, port, Namespace($"a{port}")) with { PortName = name };
            Drivers.Endpoints.Apply(endpoint);
            if (port == 2)
            {
                Host.Restart();
                Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
            }
            Drivers.Endpoints.Remove([endpoint]);
        }
    }

    [Fact]
    public void Apply_UnderTakenPortName_IsConflict_AndLeavesTheOther()
    {
        var name = Host.LinkName("web-1");
        Host.AddForeignLink(name);
        var endpoint = Sample(Network(), 1, Namespace("a")) with { PortName = name };
        var refused = Assert.Throws<FairwayException>(() => Drivers.Endpoints.Apply(endpoint));
        Assert.Equal((ErrorKind.Conflict, HcnErrorCode.PortAlreadyExists), (refused.Kind, refused.HcnCode));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
        Drivers.Endpoints.Apply(endpoint with { PortName = null });
        Assert.Throws<FairwayException>(() => Drivers.Endpoints.Apply(endpoint));
        // What was in force goes on.
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint with { PortName = null }]));
    }

    [Fact]
    public void Remove_FreesInterfaceNameAtOnce()
    {
        var network = Network();
        var path = Namespace("a");
        for (var port = 1u; port <= 5; port++)
        {
            var endpoint = Sample(network, port, path);
            Drivers.Endpoints.Apply(endpoint);
            Drivers.Endpoints.Remove([endpoint]);
            Assert.DoesNotContain("eth0", Host.Interfaces(path));
            Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
        }
    }

    [Fact]
    public void Remove_OfAbsent_Succeeds()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Drivers.Endpoints.Remove([endpoint]);
        Drivers.Endpoints.Apply(endpoint);
        Drivers.Endpoints.Remove([endpoint]);
        Drivers.Endpoints.Remove([endpoint]);
        Drivers.Namespaces.Delete(endpoint.NetnsPath);
        Drivers.Endpoints.Remove([endpoint]);
    }

    [Fact]
    public void Remove_OfSome_LeavesTheOthers()
    {
        var network = Network();
        EndpointPlan[] endpoints = [.. Enumerable.Range(1, 4).Select(port => Sample(network, (uint)port, Namespace($"a{port}")))];
        foreach (var endpoint in endpoints)
            Drivers.Endpoints.Apply(endpoint);
        Drivers.Endpoints.Remove(endpoints[..2]);
        Assert.Equal(endpoints[2..].Select(endpoint => endpoint.Id).Order(), Drivers.Endpoints.Observe(endpoints).Order());
    }

    [Fact]
    public void Apply_AfterRemove_WithTheSameIdAndNumber_Works()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Drivers.Endpoints.Apply(endpoint);
        Drivers.Endpoints.Remove([endpoint]);
        var again = endpoint with { Generation = 2 };
        Drivers.Endpoints.Apply(again);
        Assert.Equal([again.Id], Drivers.Endpoints.Observe([again]));
    }

    [Fact]
    public void Apply_WhileItIsStillInAnotherNamespace_MovesIt()
    {
        var network = Network();
        var endpoint = Sample(network, 1, Namespace("a"));
        Drivers.Endpoints.Apply(endpoint);
        var other = Namespace("b");
        var moved = endpoint with { NetnsPath = other, NetnsCookie = Drivers.Namespaces.Identify(other)!.Value, InterfaceName = "net1" };
        Drivers.Endpoints.Apply(moved);
        Assert.Empty(Host.Interfaces(endpoint.NetnsPath));
        Assert.Equal(["net1"], Host.Interfaces(other));
        Assert.Equal([moved.Id], Drivers.Endpoints.Observe([moved]));
    }

    [Fact]
    public void Observe_AfterRestart_RecognisesItsOwn()
    {
        var network = Network();
        EndpointPlan[] endpoints = [Sample(network, 1, Namespace("a")), Sample(network, 2, Namespace("b"))];
        foreach (var endpoint in endpoints)
            Drivers.Endpoints.Apply(endpoint);
        Host.Restart();
        Assert.Equal(endpoints.Select(endpoint => endpoint.Id).Order(), Drivers.Endpoints.Observe(endpoints).Order());
    }

    [Fact]
    public void Observe_AfterLinkWasDeleted_DoesNotFindIt_AndApplyRepairs()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Drivers.Endpoints.Apply(endpoint);
        Host.DeleteEndpointLink(endpoint);
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
        Drivers.Endpoints.Apply(endpoint);
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
    }

    [Fact]
    public void Observe_AfterNamespaceEnded_DoesNotFindIt()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Drivers.Endpoints.Apply(endpoint);
        Drivers.Namespaces.Delete(endpoint.NetnsPath);
        // The kernel takes a namespace's links away some time after the last reference went.
        Assert.True(SpinWait.SpinUntil(() => Drivers.Endpoints.Observe([endpoint]).Count == 0, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Observe_OfAnotherGeneration_DoesNotFindIt()
    {
        var endpoint = Sample(Network(), 1, Namespace("a"));
        Drivers.Endpoints.Apply(endpoint);
        Assert.Empty(Drivers.Endpoints.Observe([endpoint with { Generation = 2 }]));
    }

    [Fact]
    public void RemoveExcept_RemovesTheOthers_EvenAfterRestart()
    {
        var network = Network();
        EndpointPlan[] endpoints = [Sample(network, 1, Namespace("a")), Sample(network, 2, Namespace("b")), Sample(network, 3, Namespace("c"))];
        foreach (var endpoint in endpoints)
            Drivers.Endpoints.Apply(endpoint);
        Host.Restart();
        Drivers.Endpoints.RemoveExcept([endpoints[1]]);
        Assert.Equal([endpoints[1].Id], Drivers.Endpoints.Observe(endpoints));
        Assert.Empty(Host.Interfaces(endpoints[0].NetnsPath));
        Assert.Equal(["eth0"], Host.Interfaces(endpoints[1].NetnsPath));
        Assert.Empty(Host.Interfaces(endpoints[2].NetnsPath));
    }

    [Fact]
    public async Task Apply_OfManyAtOnce_MakesAll()
    {
        var network = Network();
        EndpointPlan[] endpoints = [.. Enumerable.Range(1, 24).Select(port => Sample(network, (uint)port, Namespace($"m{port}")))];
        await Parallel.ForEachAsync(endpoints, Cancellation, async (endpoint, _) => await Task.Run(() => Drivers.Endpoints.Apply(endpoint), Cancellation));
        Assert.Equal(endpoints.Length, Drivers.Endpoints.Observe(endpoints).Count);
        await Parallel.ForEachAsync(endpoints, Cancellation, async (endpoint, _) => await Task.Run(() => Drivers.Endpoints.Remove([endpoint]), Cancellation));
        Assert.Empty(Drivers.Endpoints.Observe(endpoints));
        Assert.All(endpoints, endpoint => Assert.Empty(Host.Interfaces(endpoint.NetnsPath)));
    }

    [Fact]
    public void Apply_OfHandedOver_NeedsNoNamespace_AndIsKnownAgainAfterRestart()
    {
        var endpoint = PlanSamples.HandedOver(Network(), 1);
        Drivers.Endpoints.Apply(endpoint);
        Drivers.Endpoints.Apply(endpoint);
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
        Host.Restart();
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
        Drivers.Endpoints.RemoveExcept([endpoint]);
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
        Drivers.Endpoints.Remove([endpoint]);
        Drivers.Endpoints.Remove([endpoint]);
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
    }

    [Fact]
    public void Apply_OfHandedOver_AfterItsLinkWasDeleted_IsRefused_UntilItWasRemoved()
    {
        var endpoint = PlanSamples.HandedOver(Network(), 1);
        Drivers.Endpoints.Apply(endpoint);
        Host.DeleteEndpointLink(endpoint);
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
        // Only its engine could put another one into the container.
        Assert.Equal(ErrorKind.Unavailable, Assert.Throws<FairwayException>(() => Drivers.Endpoints.Apply(endpoint)).Kind);
        Host.Restart();
        Assert.Equal(ErrorKind.Unavailable, Assert.Throws<FairwayException>(() => Drivers.Endpoints.Apply(endpoint)).Kind);
        Drivers.Endpoints.Remove([endpoint]);
        Drivers.Endpoints.Apply(endpoint);
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
        Host.Restart();
        Drivers.Endpoints.RemoveExcept([]);
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
    }

    private NetworkPlan Network(NetworkType type = NetworkType.Nat)
    {
        var network = PlanSamples.Network(1, Host.LinkName("n1"), type);
        Drivers.Networks.Apply([network]);
        return network;
    }

    private string Namespace(string name) => Drivers.Namespaces.Create(Host.NamespaceName(name));

    private EndpointPlan Sample(NetworkPlan network, uint port, string path, string interfaceName = "eth0") =>
        PlanSamples.Endpoint(network, port, path, Drivers.Namespaces.Identify(path)!.Value, interfaceName);

    private static string Text(Model.Endpoints.EndpointAddress address) => $"{address.Address}/{address.PrefixLength}";
}
