namespace Fairway.Engine.Drivers;

/// <summary>The access rule that decided, by numbers.</summary>
/// <param name="Port">Port number of the endpoint it is of, or 0.</param>
/// <param name="Network">Number of the network it is of, or 0; both are 0 when no rules were asked.</param>
/// <param name="Number">Its number; 0 when none matched.</param>
public readonly record struct DecidingRule(uint Port, uint Network, uint Number);
