using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Outbound address translation (HCN schema, OutboundNatPolicySetting).</summary>
public sealed record OutboundNatPolicySetting : HcnObject
{
    /// <summary>Address to translate to.</summary>
    public string? VirtualIP { get; init; }
    /// <summary>Prefixes to translate towards.</summary>
    public IReadOnlyList<string>? Destinations { get; init; }
    /// <summary>Prefixes not to translate towards.</summary>
    public IReadOnlyList<string>? Exceptions { get; init; }
    /// <summary>Switches.</summary>
    public NatFlags? Flags { get; init; }
    /// <summary>Percent of the port pool; not in the schema, sent by hcsshim.</summary>
    public ushort? MaxPortPoolUsage { get; init; }
}
