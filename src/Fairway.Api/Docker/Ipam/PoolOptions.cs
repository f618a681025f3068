using System.Net;
using System.Net.Sockets;
using Fairway.Api.Docker.Wire;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Names;

namespace Fairway.Api.Docker.Ipam;

/// <summary>What is asked of a pool: a prefix or none, a range or none, of which family.</summary>
internal sealed record PoolOptions(IPNetwork? Prefix, IPNetwork? Range, AddressFamily Family)
{
    public static PoolOptions Read(PoolRequest request)
    {
        var family = request.V6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        if (request.Options?.Keys.FirstOrDefault() is { } unknown)
            throw Wrong($"IPAM option '{ResourceName.Printable(unknown)}' is not known; leave it out");
        var (prefix, range) = (Parse(request.Pool, "subnet", family), Parse(request.SubPool, "IP range", family));
        if (range is { } part && (prefix is not { } whole || !whole.Covers(part)))
            throw Wrong($"IP range {part} is not inside {(prefix is null ? "a subnet that was given; give --subnet too" : $"subnet {prefix}")}");
        return new PoolOptions(prefix, range, family);
    }

    public static FairwayException Wrong(string what) => new(ErrorKind.InvalidArgument, "pool", $"request pool: {what}");

    private static IPNetwork? Parse(string? text, string what, AddressFamily family)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!PrefixText.TryParse(text, out var prefix, out var error))
            throw Wrong($"{what} {error}");
        return prefix.BaseAddress.AddressFamily == family ? prefix : throw Wrong($"{what} {prefix} is of the other family");
    }
}
