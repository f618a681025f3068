using System.Net;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>Tables and names, briefly.</summary>
internal static class Tables
{
    public static DomainName Name(string text) => DomainName.TryParse(text, out DomainName? name) ? name : throw new FormatException(text);

    public static ResolverNetwork Network(string name, bool forwards = true, string? domain = null, uint number = 1, params string[] subnets)
        => new(number, name, domain, forwards, [.. (subnets.Length > 0 ? subnets : ["10.1.0.0/16", "fd00:1::/64"]).Select(IPNetwork.Parse)]);

    /// <summary>An endpoint from "name alias alias: address address".</summary>
    public static ResolverEndpoint Endpoint(string text, Guid? place = null, Guid? id = null)
    {
        string[] parts = text.Split(':', 2);
        string[] names = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] addresses = parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new ResolverEndpoint(id ?? Guid.NewGuid(), names[0], [.. names[1..]], [.. addresses.Select(IPAddress.Parse)], place);
    }

    public static ResolverNetwork With(this ResolverNetwork network, params string[] endpoints)
        => endpoints.Aggregate(network, (table, text) => table.With(Endpoint(text)));
}
