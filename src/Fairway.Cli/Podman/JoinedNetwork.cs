using System.Net;
using System.Security.Cryptography;
using Fairway.Cli.Output;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Cli.Podman;

/// <summary>
/// Podman's description of a network of ours (<c>/etc/containers/networks/NAME.json</c>). Podman itself cannot be asked to write it: it refuses subnets the host
/// has already.
/// </summary>
internal static class JoinedNetwork
{
    /// <summary>The description. Podman allocates in the subnets it gets a slice of; the addresses of others are Fairway's to give.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ranges">Podman's slices.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="FairwayException">InvalidArgument: a slice is in no subnet, or one that Fairway gives from.</exception>
    public static PodmanNetwork Describe(Network network, IReadOnlyList<IPNetwork> ranges, DateTimeOffset now)
    {
        var subnets = ranges.Select(range => Describe(network.Spec, range)).ToList();
        return new PodmanNetwork(network.Spec.Name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), "bridge", $"fw-{network.Number}", now, subnets,
            network.Spec.Type == NetworkType.Internal, DnsEnabled: true, new Dictionary<string, string> { ["fairway.network"] = network.Spec.Name });
    }

    private static PodmanSubnet Describe(NetworkSpec network, IPNetwork range)
    {
        if (network.Subnets.FirstOrDefault(subnet => subnet.Prefix.Covers(range)) is not { } subnet)
            throw Refuse(network, $"{range} lies in no subnet of it ({Text.List(network.Subnets.Select(s => s.Prefix.ToString()))}); choose a part of one");
        if (subnet.AllocationRange is { } own && own.Overlaps(range))
            throw Refuse(network, $"{range} overlaps {own}, from which Fairway gives addresses itself; choose another part of {subnet.Prefix}");
        var first = range.Covers(subnet.Prefix.First) ? subnet.Prefix.FirstUsable : range.First;
        var last = range.Covers(subnet.Prefix.Last) ? subnet.Prefix.LastUsable : range.Last;
        return new PodmanSubnet(subnet.Prefix.ToString(), subnet.Gateway?.ToString(), new PodmanRange(first.ToString(), last.ToString()));
    }

    private static FairwayException Refuse(NetworkSpec network, string why) => new(ErrorKind.InvalidArgument, $"network '{network.Name}'", $"give network '{network.Name}' to Podman: {why}");
}
