using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Conditions on packets (HCN schema, FiveTuple, 2.5).</summary>
public record FiveTuple : HcnObject
{
    /// <summary>Protocol numbers, comma separated (2.5).</summary>
    public string? Protocols { get; init; }
    /// <summary>Addresses, prefixes or set ids, comma separated (2.5).</summary>
    public string? LocalAddresses { get; init; }
    /// <summary>Addresses, prefixes or set ids, comma separated (2.5).</summary>
    public string? RemoteAddresses { get; init; }
    /// <summary>Ports and ranges, comma separated (2.5).</summary>
    public string? LocalPorts { get; init; }
    /// <summary>Ports and ranges, comma separated (2.5).</summary>
    public string? RemotePorts { get; init; }
    /// <summary>Fairway's own: ICMP types, or types and codes (<c>8,3/4</c>), comma separated.</summary>
    public string? IcmpTypes { get; init; }
    /// <summary>Lower comes first (2.5).</summary>
    public ushort? Priority { get; init; }
}
