namespace Fairway.Engine.Reconciler;

/// <summary>What a driver was last asked to make. Noted before it is asked: what was made half must be removed too.</summary>
/// <param name="Plan">What it was asked for.</param>
/// <param name="Whole">Whether it succeeded.</param>
internal sealed record Held<TPlan>(TPlan Plan, bool Whole);
