using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Encryption (HCN schema, EncryptionPolicySetting, 2.1).</summary>
public sealed record EncryptionPolicySetting : HcnObject
{
    /// <summary>How.</summary>
    public EncryptionMethod? EncryptionMethodType { get; init; }
    /// <summary>In order of preference.</summary>
    public IReadOnlyList<PrioritizedAuthenticationMethod>? AuthenticationMethods { get; init; }
    /// <summary>Name.</summary>
    public string? Name { get; init; }
    /// <summary>One side; missing means any.</summary>
    public IReadOnlyList<string>? Endpoints1 { get; init; }
    /// <summary>The other side; missing means any.</summary>
    public IReadOnlyList<string>? Endpoints2 { get; init; }
    /// <summary>Protocol; missing means any.</summary>
    public string? ProtocolType { get; init; }
    /// <summary>Ports of one side; missing means all.</summary>
    public IReadOnlyList<string>? Endpoint1Ports { get; init; }
    /// <summary>Ports of the other side; missing means all.</summary>
    public IReadOnlyList<string>? Endpoint2Ports { get; init; }
}
