using System.Buffers.Binary;
using System.Diagnostics;
using Fairway.Linux.Bpf;
using Fairway.Linux.Routing;
using Fairway.Model.Endpoints;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Networks;
using NetworkNamespace = Fairway.Linux.Namespaces.NetworkNamespace;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>That the model, which the daemon tells, and the kernel are the same.</summary>
internal sealed class Agreement(Machine machine)
{
    /// <summary>Compares what the daemon says with what the kernel has.</summary>
    /// <returns>The endpoints that have a place here: not those of other hosts, nor sources.</returns>
    public async Task<IReadOnlyList<Endpoint>> CheckAsync(string when)
    {
        IReadOnlyList<Endpoint> endpoints = [.. (await machine.Client.ListEndpointsAsync()).Where(endpoint => endpoint.Spec.HasOwnPlace || endpoint.Spec.NamespaceId is not null)];
        Assert.All(endpoints, endpoint => Assert.True(endpoint.State == EndpointState.Attached, $"{when}: endpoint '{endpoint.Spec.Name}' is {endpoint.State}: {endpoint.Message}"));

        IReadOnlyList<Network> networks = await machine.Client.ListNetworksAsync();
        IReadOnlyList<LoadBalancer> balancers = await machine.Client.ListLoadBalancersAsync();
        var namespaces = (await machine.Client.ListNamespacesAsync()).ToDictionary(space => space.Spec.Id);
        await EqualAsync(when, "links", [.. endpoints.SelectMany(LinksOf), .. networks.SelectMany(LinksOf), .. Tunnels(networks)], Links);
        await EqualAsync(when, "namespaces", [.. namespaces.Values.Where(space => space.Spec.Owned).Select(space => space.Spec.Path!), $"/run/netns/{machine.Instance}-dns"], Namespaces);
        IEnumerable<ushort> ports = [.. endpoints.SelectMany(endpoint => endpoint.Spec.Publications).Select(publication => publication.HostPort), .. balancers.SelectMany(balancer => balancer.Spec.Ports).Select(port => port.Port)];
        await EqualAsync(when, "ports", [.. ports.Distinct().Select(port => $"{port}")], Ports);
        foreach (Endpoint endpoint in endpoints)
        {
            if (endpoint.Spec.VirtualNic is not null)
                Assert.Contains(endpoint.Spec.InterfaceName, Taps());
            if (endpoint.Spec.HasOwnPlace)
                continue;
            using NetworkNamespace space = NetworkNamespace.OpenPath(namespaces[endpoint.Spec.NamespaceId!.Value].Spec.Path!);
            using RouteNetlink inside = RouteNetlink.Open(space);
            Link link = Assert.Single(inside.ListLinks(), link => link.Kind == "veth");
            Assert.Equal((endpoint.Spec.InterfaceName, true), (link.Name, link.IsUp));
            Assert.Equal(endpoint.Addresses.Select(address => address.Address).Order(AddressOrder), inside.ListAddresses(link.Index).Select(address => address.Address).Order(AddressOrder));
        }
        return endpoints;
    }

    /// <summary>What an engine puts into a container itself stays on the host until then.</summary>
    private static IEnumerable<string> LinksOf(Endpoint endpoint)
    {
        yield return $"endpoint-{endpoint.Spec.Id:N}";
        if (endpoint.Spec.HandedOver)
            yield return $"{$"fwi{endpoint.Spec.Id:N}"[..15]} (no mark)";
    }

    private static IEnumerable<string> LinksOf(Network network)
    {
        if (network.Spec.HasHostPort)
            yield return $"network-{network.Spec.Id:N}";
        if (network.Spec.Traits.HasGateway)
            yield return $"resolver-{network.Spec.Id:N}";
    }

    /// <summary>One for each UDP port.</summary>
    private static IEnumerable<string> Tunnels(IReadOnlyList<Network> networks)
        => networks.Where(network => network.Spec.Traits.IsEncapsulated).Select(network => (network.Spec.Overlay ?? OverlaySpec.Default).UdpPort).Distinct().Select(port => $"tunnel-{port:x8}{0:d24}");

    private static Comparer<System.Net.IPAddress> AddressOrder { get; } = Comparer<System.Net.IPAddress>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    /// <summary>Links condemned before the end are reaped soon after the start: the kernel gets a moment.</summary>
    private static async Task EqualAsync(string when, string what, string[] wanted, Func<string[]> read)
    {
        long start = Stopwatch.GetTimestamp();
        string expected = string.Join('\n', wanted.Order(StringComparer.Ordinal)), actual;
        while ((actual = string.Join('\n', read().Order(StringComparer.Ordinal))) != expected && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60))
            await Task.Yield();
        Assert.True(expected == actual, $"{when}: {what} as the daemon says:\n{expected}\nas the kernel has them:\n{actual}");
    }

    private string[] Links()
    {
        using NetworkNamespace host = NetworkNamespace.OpenPath(machine.Host.Path);
        using RouteNetlink route = RouteNetlink.Open(host);
        string mark = $"{machine.Instance}-";
        return [.. route.ListLinks().Where(link => link.Name.StartsWith('f') || link.Kind == "tun").Select(link => link.AlternativeNames.FirstOrDefault(name => name.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..] ?? $"{link.Name} (no mark)")];
    }

    /// <summary>Those that are up.</summary>
    private string[] Taps()
    {
        using NetworkNamespace host = NetworkNamespace.OpenPath(machine.Host.Path);
        using RouteNetlink route = RouteNetlink.Open(host);
        return [.. route.ListLinks().Where(link => link is { Kind: "tun", IsUp: true }).Select(link => link.Name)];
    }

    private string[] Namespaces() => [.. NetworkNamespace.ListNamed().Where(name => name.StartsWith($"{machine.Instance}-", StringComparison.Ordinal)).Select(NetworkNamespace.PathOf)];

    /// <summary>Keys of the switch's table: address (16 bytes), port (network byte order), protocol.</summary>
    private string[] Ports()
    {
        using BpfMap publications = BpfMap.OpenPinned($"/sys/fs/bpf/{machine.Instance}/v1/publications");
        return [.. publications.Enumerate().Select(entry => $"{BinaryPrimitives.ReadUInt16BigEndian(entry.Key.AsSpan(16))}").Distinct()];
    }
}
