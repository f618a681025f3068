namespace Fairway.Engine.Diagnostics;

/// <summary>What the engine tells whoever runs it; the daemon passes it to its log.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">Operation, object in quotes, cause, remedy.</param>
/// <param name="Cause">The exception behind it, or null.</param>
public sealed record EngineMessage(Severity Severity, string Text, Exception? Cause = null);
