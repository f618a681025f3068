using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Operations;
using Fairway.Engine.State;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Engine.Explain;

/// <summary>The addresses behind what a caller says: an address, a name its network's resolver knows, any endpoint or load balancer, the host.</summary>
internal static class Destinations
{
    /// <exception cref="FairwayException">NotFound, or Conflict: several may be meant.</exception>
    public static IReadOnlyList<IPAddress> Find(HostView host, Sender sender, string text)
    {
        if (AddressText.TryParse(text, out var address, out _))
            return [address];
        if (text.Equals(Sender.Host, StringComparison.OrdinalIgnoreCase))
            return HostAddresses(host, sender);
        if (Known(host.State, sender.Endpoint, text) is { Count: > 0 } known)
            return known;
        if (host.State.LoadBalancerNames.TryGetValue(text, out var balancer))
            return [.. host.State.LoadBalancers[balancer].Spec.Frontends.Select(frontend => State.HostAddresses.IsAny(frontend) ? host.HostAddress(frontend.AddressFamily) : frontend).OfType<IPAddress>()];
        try
        {
            return AddressesOf(References.Endpoint(host.State, text));
        }
        catch (FairwayException missing) when (missing.Kind == ErrorKind.NotFound)
        {
            throw Refusal.At("$.Destination", ErrorKind.NotFound, $"'{text}'",
                $"'{text}' is no endpoint, load balancer or address that is known here; give the address it resolves to", missing.HcnCode);
        }
    }

    /// <summary>An endpoint knows the host by its gateway.</summary>
    private static IReadOnlyList<IPAddress> HostAddresses(HostView host, Sender sender)
    {
        IPAddress?[] own = [host.HostAddress(AddressFamily.InterNetwork), host.HostAddress(AddressFamily.InterNetworkV6)];
        if (sender.Port is not { } port || host.Network(port.Network) is not { HostLink: not null } network)
            return [.. own.OfType<IPAddress>()];
        return [.. new[] { HostView.Gateway(network, AddressFamily.InterNetwork) ?? own[0], HostView.Gateway(network, AddressFamily.InterNetworkV6) ?? own[1] }.OfType<IPAddress>()];
    }

    /// <summary>As the resolver answers: names and aliases, alone or with the network's name or domain behind them, in the asker's networks.</summary>
    private static List<IPAddress> Known(HostState state, Endpoint? asker, string text)
    {
        var networks = NetworksOf(state, asker).ToList();
        return [.. from network in networks
                   from endpoint in state.Networks[network.Spec.Id].Endpoints.Values.Select(id => state.Endpoints[id]).OrderBy(endpoint => endpoint.Spec.Name, StringComparer.Ordinal)
                   where Names(network, endpoint).Contains(text, StringComparer.OrdinalIgnoreCase)
                   from address in AddressesOf(endpoint)
                   select address];
    }

    private static IEnumerable<string> Names(Network network, Endpoint endpoint)
    {
        foreach (var name in endpoint.Spec.Aliases.Prepend(endpoint.Spec.Name!))
        {
            yield return name;
            yield return $"{name}.{network.Spec.Name}";
            if (network.Spec.Dns.Domain is { } domain)
                yield return $"{name}.{domain}";
        }
    }

    /// <summary>Its own first, then those its namespace is on besides.</summary>
    private static IEnumerable<Network> NetworksOf(HostState state, Endpoint? asker)
    {
        if (asker is null)
            return [];
        var besides = asker.Spec.NamespaceId is { } id && state.Namespaces.TryGetValue(id, out var scope)
            ? scope.Namespace.Endpoints.Where(state.Endpoints.ContainsKey).Select(endpoint => state.Endpoints[endpoint].Spec.NetworkId)
            : [];
        return besides.Prepend(asker.Spec.NetworkId).Distinct().Select(state.Network);
    }

    private static IReadOnlyList<IPAddress> AddressesOf(Endpoint endpoint) => [.. endpoint.Addresses.Select(own => own.Address)];
}
