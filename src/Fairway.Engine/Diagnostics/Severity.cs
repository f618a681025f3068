namespace Fairway.Engine.Diagnostics;

/// <summary>How much a message matters.</summary>
public enum Severity
{
    /// <summary>Normal course of things, told once.</summary>
    Information,
    /// <summary>Something is not as asked; Fairway goes on and tries again.</summary>
    Warning,
    /// <summary>Something is broken and needs somebody.</summary>
    Error,
}
