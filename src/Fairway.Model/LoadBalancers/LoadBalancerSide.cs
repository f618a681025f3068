using System.Net.Sockets;

namespace Fairway.Model.LoadBalancers;

/// <summary>The two halves of a load balancer: each family has frontends and backends of its own.</summary>
public static class LoadBalancerSide
{
    /// <summary>Numbers that are in use.</summary>
    /// <param name="balancer">A load balancer.</param>
    public static IEnumerable<uint> Numbers(this LoadBalancer balancer)
    {
        ArgumentNullException.ThrowIfNull(balancer);
        return new[] { balancer.Number4, balancer.Number6 }.Where(number => number != 0);
    }

    /// <summary>Whether a load balancer answers on an address of a family.</summary>
    /// <param name="spec">What is asked of it.</param>
    /// <param name="family">IPv4 or IPv6.</param>
    public static bool Has(this LoadBalancerSpec spec, AddressFamily family)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Frontends.Any(frontend => frontend.AddressFamily == family);
    }
}
