using Fairway.Model.Hcn.LoadBalancers;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>A port of a load balancer as schema 1 has it (ELBPolicy).</summary>
public sealed record HnsElbPolicy : HcnObject
{
    /// <summary><c>ELB</c>.</summary>
    public string? Type { get; init; }
    /// <summary>TCP or UDP, by number.</summary>
    public ProtocolType? Protocol { get; init; }
    /// <summary>Port of the backends.</summary>
    public ushort? InternalPort { get; init; }
    /// <summary>Port of the frontend.</summary>
    public ushort? ExternalPort { get; init; }
    /// <summary>Source address towards backends.</summary>
    public string? SourceVIP { get; init; }
    /// <summary>Addresses it answers on.</summary>
    public IReadOnlyList<string>? VIPs { get; init; }
    /// <summary>Not for callers from outside.</summary>
    public bool? ILB { get; init; }
    /// <summary>Answers go to the client directly.</summary>
    public bool? IsDSR { get; init; }
    /// <summary>Which callers go to the same backend; of schema 2, kept here for load balancers that have it.</summary>
    public LoadBalancerDistribution? DistributionType { get; init; }
}
