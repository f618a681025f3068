namespace Fairway.Model.Explain;

/// <summary>What one layer does with the packet.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Passed">False where the packet ends.</param>
/// <param name="Text">What it does and why, one sentence for people.</param>
public sealed record ExplainStep(ExplainLayer Layer, bool Passed, string Text);
