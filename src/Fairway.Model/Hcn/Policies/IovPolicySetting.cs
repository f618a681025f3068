using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>SR-IOV (HCN schema, IovPolicySetting, 2.9).</summary>
public sealed record IovPolicySetting : HcnObject
{
    /// <summary>Weight.</summary>
    public uint? IovOffloadWeight { get; init; }
    /// <summary>Queue pairs.</summary>
    public uint? QueuePairsRequested { get; init; }
    /// <summary>Interrupt moderation.</summary>
    public IovInterruptModerationType? InterruptModeration { get; init; }
}
