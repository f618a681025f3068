namespace Fairway.Model.Hcn.Wire;

/// <summary>What HNS puts into <see cref="HcnHealth.Data"/>.</summary>
public sealed record HealthData : HcnObject
{
    /// <summary>An HRESULT; 0 when all is well.</summary>
    public uint? LastErrorCode { get; init; }
    /// <summary>What is wrong; Fairway's own.</summary>
    public string? Message { get; init; }
}
