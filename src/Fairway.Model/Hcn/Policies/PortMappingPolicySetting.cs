using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A published port (HCN schema, PortMappingPolicySetting).</summary>
public sealed record PortMappingPolicySetting : HcnObject
{
    /// <summary>TCP or UDP.</summary>
    public ProtocolType? Protocol { get; init; }
    /// <summary>Port of the endpoint.</summary>
    public ushort? InternalPort { get; init; }
    /// <summary>Port of the host; 0 asks for a free one.</summary>
    public ushort? ExternalPort { get; init; }
    /// <summary>Address of the host; missing means all.</summary>
    public string? VIP { get; init; }
    /// <summary>Switches.</summary>
    public NatFlags? Flags { get; init; }
    /// <summary>Prefixes that may use it; Fairway's own member, missing means everyone.</summary>
    public IReadOnlyList<string>? From { get; init; }
}
