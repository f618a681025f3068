using System.Net;

namespace Fairway.Engine.Ipam;

/// <summary>Address space from which networks without subnets of their own get one.</summary>
/// <param name="Prefix">The whole space.</param>
/// <param name="SubnetLength">Prefix length of one subnet, longer than or equal to the space's.</param>
public sealed record AddressPool(IPNetwork Prefix, int SubnetLength)
{
    /// <summary>
    /// The pools when nothing else is configured: first 256 subnets of 4,093 endpoints in 10.208.0.0/12, then 4,096 subnets of 253 in
    /// 10.192.0.0/12. Docker, Podman, Kubernetes distributions and home routers take their defaults elsewhere.
    /// </summary>
    public static IReadOnlyList<AddressPool> Default { get; } =
    [
        new(new IPNetwork(new IPAddress([10, 208, 0, 0]), 12), 20),
        new(new IPNetwork(new IPAddress([10, 192, 0, 0]), 12), 24),
    ];
}
