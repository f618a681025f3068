using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Explain;

namespace Fairway.Engine.Explain;

/// <summary>Who sends a packet.</summary>
/// <param name="End">What it is.</param>
/// <param name="Addresses">Addresses it may send from.</param>
/// <param name="Endpoint">The endpoint, or null for the host and the outside.</param>
/// <param name="Port">Its port of the switch, while it is attached here.</param>
internal sealed record Sender(ExplainEnd End, IReadOnlyList<IPAddress> Addresses, Endpoint? Endpoint = null, EndpointPlan? Port = null)
{
    /// <summary>Whether its address follows from the route: the host's, unless one was given.</summary>
    public bool HasAnyAddress { get; private init; }

    /// <summary>What the host is called.</summary>
    public const string Host = "host";

    /// <exception cref="FairwayException">NotFound, or Conflict: several may be meant.</exception>
    public static Sender Find(HostView host, string text)
    {
        if (text.Equals(Host, StringComparison.OrdinalIgnoreCase))
            return OfHost(host);
        if (!AddressText.TryParse(text, out var address, out _))
            return Of(host, References.Endpoint(host.State, text));
        if (host.IsHostAddress(address))
            return new Sender(Ends.Host(address), [address]);
        Endpoint[] holders = [.. host.Networks.Select(network => host.EndpointAt(network, address)).OfType<Endpoint>()];
        return holders switch
        {
            [var only] => Of(host, only) with { Addresses = [address] },
            [] when AddressKinds.IsNoSource(address) => throw Refusal.At("$.Source", ErrorKind.InvalidArgument, $"'{text}'", $"nobody outside sends from {address}; give the address of a host"),
            [] => new Sender(Ends.Outside(address), [address]),
            _ => throw Refusal.At("$.Source", ErrorKind.Conflict, $"'{text}'",
                $"{address} is the address of {string.Join(" and ", holders.Select(endpoint => $"'{References.FullName(host.State, endpoint)}'"))}; give the name"),
        };
    }

    /// <summary>What it sends from to a destination.</summary>
    public IPAddress AddressTowards(HostView host, IPAddress destination, IPAddress usual) =>
        !HasAnyAddress ? usual : host.IsHostAddress(destination) ? destination : host.Route(destination)?.Source ?? usual;

    private static Sender OfHost(HostView host) => new(Ends.Host(null),
        [host.HostAddress(AddressFamily.InterNetwork) ?? IPAddress.Loopback, host.HostAddress(AddressFamily.InterNetworkV6) ?? IPAddress.IPv6Loopback])
    { HasAnyAddress = true };

    private static Sender Of(HostView host, Endpoint endpoint)
    {
        var port = host.Port(endpoint.Spec.Id);
        IReadOnlyList<IPAddress> addresses = [.. endpoint.Addresses.Select(own => own.Address)];
        var kind = endpoint.Spec.ProviderAddress is null ? ExplainEndKind.Endpoint : ExplainEndKind.RemoteEndpoint;
        return new Sender(new ExplainEnd(kind, null, endpoint.Spec.Name, endpoint.Spec.Id, host.State.Network(endpoint.Spec.NetworkId).Spec.Name), addresses, endpoint, port);
    }
}
