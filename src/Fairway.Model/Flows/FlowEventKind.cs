namespace Fairway.Model.Flows;

/// <summary>What the switch reports.</summary>
public enum FlowEventKind : byte
{
    /// <summary>A packet was dropped.</summary>
    Drop = 1,
    /// <summary>A connection began.</summary>
    NewFlow = 2,
}
