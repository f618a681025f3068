using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;

namespace Fairway.Cli.Exec;

/// <summary>
/// What <c>/etc/resolv.conf</c> says inside a namespace (<c>resolv.conf(5)</c>): the resolvers of its networks, at their gateway addresses.
/// </summary>
/// <param name="Servers">At most three are of use to the C library.</param>
/// <param name="Search">Domains tried behind a name.</param>
/// <param name="Options">Options, as resolv.conf spells them.</param>
internal sealed record ResolverConfiguration(IReadOnlyList<string> Servers, IReadOnlyList<string> Search, IReadOnlyList<string> Options)
{
    /// <summary>The C library's limit (resolv.h, MAXNS); it ignores further ones, musl as well.</summary>
    private const int MaxServers = 3;

    /// <summary>Asked again after a second, five times: a daemon that restarts is not noticed.</summary>
    private static readonly string[] s_patience = ["timeout:1", "attempts:5"];

    public static ResolverConfiguration Of(IReadOnlyList<(Endpoint Endpoint, Network Network)> attached)
    {
        // The first of each network before the second of any: with several networks no one's resolver is crowded out.
        var candidates = attached.Select(pair => ServersOf(pair.Endpoint, pair.Network)).ToList();
        var servers = Enumerable.Range(0, candidates.Select(list => list.Length).DefaultIfEmpty().Max())
            .SelectMany(rank => candidates.Where(list => rank < list.Length).Select(list => list[rank]));
        return new ResolverConfiguration(
            [.. servers.Distinct().Take(MaxServers)],
            [.. attached.SelectMany(pair => SearchOf(pair.Endpoint.Spec.Dns, pair.Network)).Distinct()],
            [.. WithPatience(attached.SelectMany(pair => pair.Endpoint.Spec.Dns.Options.Concat(pair.Network.Spec.Dns.Options)))]);
    }

    /// <summary>Resolvers of which nothing but the addresses is known. The root as search domain keeps the host's own away.</summary>
    public static ResolverConfiguration At(IReadOnlyList<IPAddress> gateways) =>
        new([.. gateways.Select(gateway => gateway.ToString()).Distinct().Take(MaxServers)], ["."], s_patience);

    public override string ToString()
    {
        var text = new StringBuilder("# made by fairway exec\n");
        foreach (var server in Servers)
            text.Append($"nameserver {server}\n");
        if (Search.Count > 0)
            text.Append($"search {string.Join(' ', Search)}\n");
        text.Append($"options {string.Join(' ', Options)}\n");
        return text.ToString();
    }

    private static ImmutableArray<string> ServersOf(Endpoint endpoint, Network network)
    {
        if (!endpoint.Spec.Dns.Servers.IsEmpty)
            return endpoint.Spec.Dns.Servers;
        if (!network.Spec.Dns.Servers.IsEmpty)
            return network.Spec.Dns.Servers;
        // A gateway of a family in which the endpoint has no address cannot be asked.
        return
        [
            .. network.Spec.Subnets.Select(subnet => subnet.Gateway).OfType<IPAddress>()
                .Where(gateway => endpoint.Addresses.Any(own => own.Address.AddressFamily == gateway.AddressFamily))
                .OrderBy(gateway => gateway.AddressFamily == AddressFamily.InterNetworkV6)
                .Select(gateway => gateway.ToString()),
        ];
    }

    /// <summary>Without any the C library would try the host's own domain.</summary>
    private static string[] SearchOf(DnsSettings own, Network network)
    {
        var theirs = network.Spec.Dns;
        string[] asked = [.. own.Search, .. own.Domain is { } domain ? [domain] : Array.Empty<string>(), .. theirs.Search, .. theirs.Domain is { } other ? [other] : Array.Empty<string>()];
        return asked.Length > 0 ? asked : [network.Spec.Name];
    }

    private static IEnumerable<string> WithPatience(IEnumerable<string> asked)
    {
        var options = asked.Distinct().ToList();
        return options.Concat(s_patience.Where(ours => !options.Any(option => option.StartsWith(ours[..(ours.IndexOf(':') + 1)], StringComparison.Ordinal))));
    }
}
