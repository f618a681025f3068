using Fairway.Engine.Plan;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Testing.Contract;

/// <summary>Endpoints that are NICs of virtual machines.</summary>
public abstract class VirtualNicContract : DriverContract
{
    [Fact]
    public void Apply_NeedsNoNamespace_AndIsKnownAgainAfterRestart()
    {
        var endpoint = PlanSamples.Machine(Network(), 1, Host.LinkName("vm1"));
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
    public void Apply_AfterItsTapWasDeleted_MakesAnotherOne()
    {
        var endpoint = PlanSamples.Machine(Network(), 1, Host.LinkName("vm1"));
        Drivers.Endpoints.Apply(endpoint);
        Host.DeleteEndpointLink(endpoint);
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
        Drivers.Endpoints.Apply(endpoint);
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
    }

    [Fact]
    public void Apply_UnderTheNameOfAnotherLink_IsConflict()
    {
        var endpoint = PlanSamples.Machine(Network(), 1, Host.LinkName("vm1"));
        Host.AddForeignLink(endpoint.HostLink);
        var refused = Assert.Throws<FairwayException>(() => Drivers.Endpoints.Apply(endpoint));
        Assert.Equal(ErrorKind.Conflict, refused.Kind);
        Assert.Contains(endpoint.HostLink, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Drivers.Endpoints.Observe([endpoint]));
        Drivers.Endpoints.Remove([endpoint]);
    }

    [Fact]
    public void Remove_FreesTheTapsName_AtOnce_ForAnyEndpoint()
    {
        var network = Network();
        for (var port = 1u; port <= 4; port++)
        {
            var endpoint = PlanSamples.Machine(network, port, Host.LinkName("vm1"));
            Drivers.Endpoints.Apply(endpoint);
            Drivers.Endpoints.Remove([endpoint]);
            Drivers.Endpoints.Apply(endpoint with { Generation = 2 });
            Drivers.Endpoints.Remove([endpoint with { Generation = 2 }]);
        }
    }

    [Fact]
    public void Apply_OfOtherLimits_ChangesThem_WhereTheTapIs()
    {
        var endpoint = PlanSamples.Machine(Network(), 1, Host.LinkName("vm1"));
        Drivers.Endpoints.Apply(endpoint);
        var limited = endpoint with { Bandwidth = new BandwidthLimits { IncomingRate = 8_000_000 } };
        Drivers.Endpoints.Apply(limited);
        Assert.Equal([limited.Id], Drivers.Endpoints.Observe([limited]));
        Drivers.Endpoints.Apply(endpoint);
        Assert.Equal([endpoint.Id], Drivers.Endpoints.Observe([endpoint]));
    }

    [Fact]
    public void RemoveExcept_RemovesTheOthers_EvenAfterRestart()
    {
        var network = Network();
        EndpointPlan[] endpoints = [.. Enumerable.Range(1, 3).Select(port => PlanSamples.Machine(network, (uint)port, Host.LinkName($"vm{port}")))];
        foreach (var endpoint in endpoints)
            Drivers.Endpoints.Apply(endpoint);
        Host.Restart();
        Drivers.Endpoints.RemoveExcept([endpoints[1]]);
        Assert.Equal([endpoints[1].Id], Drivers.Endpoints.Observe(endpoints));
    }

    private NetworkPlan Network()
    {
        var network = PlanSamples.Network(1, Host.LinkName("n1"));
        Drivers.Networks.Apply([network]);
        return network;
    }
}
