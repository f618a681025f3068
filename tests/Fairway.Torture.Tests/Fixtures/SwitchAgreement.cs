using System.Diagnostics;
using System.Runtime.InteropServices;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Model.Endpoints;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Networks;

namespace Fairway.Torture.Tests.Fixtures;

/// <summary>That the switch's own tables and filters hold what the model says and nothing of earlier lives.</summary>
internal static class SwitchAgreement
{
    public static async Task CheckAsync(Machine machine, IReadOnlyList<Endpoint> endpoints, string when)
    {
        IReadOnlyList<Network> networks = await machine.Client.ListNetworksAsync();
        int owners = 0;
        foreach (Endpoint endpoint in endpoints)
            owners += (await machine.Client.ListRulesAsync($"{endpoint.Spec.Id}", isNetwork: false)).Count > 0 ? 1 : 0;
        foreach (Network network in networks)
            owners += (await machine.Client.ListRulesAsync($"{network.Spec.Id}", isNetwork: true)).Count > 0 ? 1 : 0;
        IReadOnlyList<LoadBalancer> balancers = await machine.Client.ListLoadBalancersAsync();
        Endpoint[] others = [.. (await machine.Client.ListEndpointsAsync()).ExceptBy(endpoints.Select(endpoint => endpoint.Spec.Id), endpoint => endpoint.Spec.Id)];
        Endpoint[] sources = [.. others.Where(endpoint => balancers.Any(balancer => balancer.Spec.Source == endpoint.Spec.Id))], remotes = [.. others.Where(endpoint => endpoint.Spec.ProviderAddress is not null)];
        // A station of the LAN is found by its MAC too.
        int stations = endpoints.Count(endpoint => networks.Any(network => network.Spec.Id == endpoint.Spec.NetworkId && network.Spec.Traits is { HasUplink: true, HasOneMac: false }));
        string expected = $"{endpoints.Count + sources.Length} ports, {endpoints.Concat(sources).Sum(endpoint => endpoint.Addresses.Length) + stations} addresses, {endpoints.Count + networks.Count(network => network.Spec.Traits.HasGateway)} links, "
            + $"{networks.Count} networks, {owners} images of rules, {remotes.Sum(endpoint => endpoint.Addresses.Length)} remotes, {balancers.Sum(balancer => balancer.Spec.Frontends.Length)} balancers";
        string actual;
        long start = Stopwatch.GetTimestamp();
        while ((actual = Tables(machine)) != expected && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60))
            await Task.Yield();
        Assert.True(expected == actual, $"{when}: the model has {expected}; the switch has {actual}");
        string[] mixed = Filters(machine);
        Assert.True(mixed.Length == 0, $"{when}: filters of more than one life: {string.Join(", ", mixed)}");
    }

    private static string Tables(Machine machine)
    {
        using SwitchMaps maps = SwitchMaps.TryOpenPinned($"/sys/fs/bpf/{machine.Instance}/v{SwitchLimits.Layout}")!;
        int ports = maps.Ports.Enumerate().Count(row => row.Key < SwitchLimits.MaxPorts && row.Value.Flags != PortFlags.None);
        int rules = maps.Rules.Enumerate().Count(entry => MemoryMarshal.Read<uint>(entry.Value) != 0);
        return $"{ports} ports, {maps.Addresses.Enumerate().Count()} addresses, {maps.Links.Enumerate().Count()} links, "
            + $"{maps.Networks.Enumerate().Count(row => row.Value.Flags != NetworkFlags.None)} networks, {rules} images of rules, {maps.Remotes.Enumerate().Count()} remotes, {maps.Balancers.Enumerate().Count()} balancers";
    }

    /// <summary>Programs of one name that are there more than once: every filter must be the running daemon's.</summary>
    private static string[] Filters(Machine machine)
    {
        using NetworkNamespace host = NetworkNamespace.OpenPath(machine.Host.Path);
        using RouteNetlink route = RouteNetlink.Open(host);
        return [.. route.ListLinks()
            .SelectMany(link => new[] { TrafficDirection.Ingress, TrafficDirection.Egress }.SelectMany(direction => route.ListFilters(link.Index, direction)))
            .Where(filter => filter.Name?.StartsWith($"{machine.Instance}:", StringComparison.Ordinal) == true)
            .GroupBy(filter => filter.Name!)
            .Where(group => group.Select(filter => filter.ProgramId).Distinct().Count() > 1)
            .Select(group => group.Key)];
    }
}
