using System.Net.Sockets;
using Fairway.Engine.Plan;
using Fairway.Engine.Planner;
using Fairway.Engine.State;
using Fairway.Model.Endpoints;
using Fairway.Model.Ports;
using Fairway.Testing;

namespace Fairway.Engine.Tests.Histories;

/// <summary>What must hold of a state whatever happened, and of the kernel once the engine has come to rest.</summary>
internal static class Invariants
{
    public static void Check(HostState state)
    {
        foreach (var scope in state.Networks.Values)
        {
            var endpoints = state.Endpoints.Values.Where(endpoint => endpoint.Spec.NetworkId == scope.Network.Spec.Id).ToList();
            // No address twice, and the leases say the same as the endpoints.
            var addresses = endpoints.SelectMany(endpoint => endpoint.Addresses.Select(address => (address.Address, endpoint.Spec.Id))).ToList();
            Assert.Distinct(addresses.Select(address => address.Address));
            Assert.Equal(addresses.ToHashSet(), scope.Leases.Values.Where(lease => lease.FreedAt is null).Select(lease => (lease.Address, lease.Endpoint)).ToHashSet());
            Assert.Distinct(endpoints.Select(endpoint => endpoint.MacAddress));
            Assert.Distinct(endpoints.Select(endpoint => endpoint.Spec.Name));
            Assert.DoesNotContain(scope.Network.Spec.Subnets, subnet => addresses.Any(address => address.Address.Equals(subnet.Gateway)));
        }
        Assert.Distinct(state.Endpoints.Values.Select(endpoint => endpoint.Port));
        Assert.Equal(state.Endpoints.Count, state.PortNumbers.Count);
        Assert.Equal(state.Networks.Count, state.NetworkNumbers.Count);
        Assert.Equal(state.Namespaces.Count, state.CompartmentNumbers.Count);
        Assert.Equal(state.Publications.Count, state.PublicationNumbers.Count);
        CheckPorts(state);
        CheckNamespaces(state);
        CheckRoutes(state);
    }

    /// <summary>Waits until the kernel holds exactly the plan of the state.</summary>
    public static async Task ComeToRestAsync(TestEngine host, CancellationToken cancellation)
    {
        var names = new LinkNames(host.Options.Instance);
        var deadline = TimeProvider.System.GetTimestamp();
        for (var polls = 0; ; polls++)
        {
            var difference = Difference(new HostPlanner(names).Plan(host.Engine.Store.Current), host);
            if (difference is null)
                return;
            if (TimeProvider.System.GetElapsedTime(deadline) > TimeSpan.FromSeconds(30))
                Assert.Fail($"{difference}\n{host.Kernel.Dump()}\n{string.Join('\n', host.Messages.Select(message => message.Text))}");
            // Time that passed while the reconciler looked makes it rest for up to 30 s; on a busy machine a step of this loop takes long.
            // The loop may rest for long when much time passed while it looked.
            (host.Time as Microsoft.Extensions.Time.Testing.FakeTimeProvider)?.Advance(TimeSpan.FromMilliseconds(polls < 100 ? 2 : 200));
            await Task.Delay(1, cancellation);
        }
    }

    private static string? Difference(HostPlan plan, TestEngine host)
    {
        if (!plan.Networks.Values.ToHashSet().SetEquals(host.Kernel.Networks.Values))
            return "networks differ from the plan";
        if (!plan.Endpoints.Values.ToHashSet().SetEquals(host.Kernel.Endpoints.Values))
            return "ports differ from the plan";
        if (!plan.Publications.Values.ToHashSet().SetEquals(host.Kernel.Publications.Values))
            return "publications differ from the plan";
        if (!plan.Ways.Values.ToHashSet().SetEquals(host.Kernel.Ways.Values))
            return "ways differ from the plan";
        if (!plan.Sidecars.Values.ToHashSet().SetEquals(host.Kernel.Sidecars.Values))
            return "sidecars differ from the plan";
        var interfaces = host.Kernel.NamespacePaths.SelectMany(path => host.Kernel.InterfacesIn(path).Select(name => (path, name))).ToHashSet();
        if (!plan.Endpoints.Values.Select(endpoint => (endpoint.NetnsPath, endpoint.InterfaceName)).ToHashSet().SetEquals(interfaces))
            return "interfaces differ from the plan";
        if (host.Networking.Namespaces.Any(known => host.Kernel.CookieOf(known.Spec.Path!) != known.Spec.Cookie))
            return "a namespace is gone";
        return host.Networking.Endpoints.Any(endpoint => endpoint.State == EndpointState.Degraded) ? "an endpoint is degraded" : null;
    }

    private static void CheckPorts(HostState state)
    {
        var all = state.EndpointPublications.Values.SelectMany(publications => publications).ToList();
        foreach (var one in all)
        {
            Assert.DoesNotContain(all, other => !ReferenceEquals(one, other) && one.Publication.Overlaps(other.Publication));
            var endpoint = state.Endpoints[one.Endpoint];
            Assert.Equal(one.Number4 != 0, endpoint.Addresses.Any(address => address.Address.AddressFamily == AddressFamily.InterNetwork) && HostAddresses.Covers(one.Publication.HostAddress, AddressFamily.InterNetwork));
            Assert.Equal(one.Number6 != 0, endpoint.Addresses.Any(address => address.Address.AddressFamily == AddressFamily.InterNetworkV6) && HostAddresses.Covers(one.Publication.HostAddress, AddressFamily.InterNetworkV6));
        }
        foreach (var endpoint in state.Endpoints.Values)
            Assert.Equal(state.PublicationsOf(endpoint.Spec.Id).Select(publication => publication.Publication), endpoint.Spec.Publications);
    }

    private static void CheckRoutes(HostState state)
    {
        var led = state.Routes.Values.SelectMany(route => route.Spec.Endpoints.Select(endpoint => (Endpoint: endpoint, Route: route.Spec.Id))).ToList();
        Assert.All(led, entry => Assert.Contains(entry.Endpoint, state.Endpoints.Keys));
        Assert.Equal(led.ToHashSet(), state.Routed.SelectMany(entry => entry.Value.Select(route => (entry.Key, route))).ToHashSet());
        Assert.All(state.Routed.Keys, endpoint => Assert.Distinct(state.WaysOf(endpoint).Select(known => known.Way.Destination)));
    }

    private static void CheckNamespaces(HostState state)
    {
        foreach (var scope in state.Namespaces.Values)
        {
            var inside = state.Endpoints.Values.Where(endpoint => endpoint.Spec.NamespaceId == scope.Namespace.Spec.Id).ToList();
            Assert.Equal(inside.Select(endpoint => endpoint.Spec.Id).Order(), scope.Namespace.Endpoints.Order());
            Assert.Distinct(inside.Select(endpoint => endpoint.Spec.InterfaceName));
            Assert.False(scope.IsImplicit && inside.Count == 0);
            Assert.InRange(inside.Count(endpoint => endpoint.Spec is not { Sidecar: null, Proxy: null }), 0, 1);
        }
    }
}
