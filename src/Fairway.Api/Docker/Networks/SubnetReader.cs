using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Api.Docker.Ipam;
using Fairway.Api.Docker.Wire;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Api.Docker.Networks;

/// <summary>The subnets of a network as its IPAM driver gave them to Docker. Docker's null driver gives none: then they come from our pools.</summary>
internal static class SubnetReader
{
    public static ImmutableArray<SubnetSpec> Read(CreateNetworkRequest request, NetworkType type, OfferedPools pools) =>
    [
        .. Read(request.IPv4Data, "IPv4Data", AddressFamily.InterNetwork, type, pools),
        .. Read(request.IPv6Data, "IPv6Data", AddressFamily.InterNetworkV6, type, pools),
    ];

    /// <summary>An address as Docker writes it, <c>10.1.0.1/24</c>, or null when there is none.</summary>
    public static IPAddress? Address(string? text, string member)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        return AddressText.TryParse(text.Split('/')[0], out var address, out var error) ? address : throw Wrong(member, error);
    }

    private static IEnumerable<SubnetSpec> Read(IpamData[]? data, string member, AddressFamily family, NetworkType type, OfferedPools pools)
    {
        for (var i = 0; i < (data?.Length ?? 0); i++)
        {
            var (here, pool) = ($"{member}[{i}]", data![i]);
            if (string.IsNullOrEmpty(pool.Pool) || pool.Pool is "0.0.0.0/0" or "::/0")
                continue;
            if (!PrefixText.TryParse(pool.Pool, out var prefix, out var error))
                throw Wrong($"{here}.Pool", error);
            if (prefix.BaseAddress.AddressFamily != family)
                throw Wrong($"{here}.Pool", $"'{pool.Pool}' is of the other family");
            var gateway = Address(pool.Gateway, $"{here}.Gateway");
            var reserved = (pool.AuxAddresses ?? []).Select(aux => Address(aux.Value, $"{here}.AuxAddresses")).OfType<IPAddress>();
            // The host has no place on a private network; the address Docker set aside as its gateway stays unused.
            var isPrivate = NetworkTraits.Of(type) is { HasGateway: false, HasUplink: false };
            yield return new SubnetSpec(prefix, isPrivate ? null : gateway, pool.AddressSpace == IpamDriver.Space ? pools.RangeOf(prefix) : null)
            {
                Reserved = [.. (isPrivate && gateway is not null ? reserved.Append(gateway) : reserved.Where(address => !address.Equals(gateway))).Distinct()],
            };
        }
    }

    private static FairwayException Wrong(string member, string what) => new(ErrorKind.InvalidArgument, "network", $"create network: {member}: {what}");
}
