using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Interrupt moderation of SR-IOV (HCN schema, IovInterruptModerationType, 2.9). Numbers on the wire.</summary>
[JsonConverter(typeof(NumberConverter<IovInterruptModerationType>))]
public enum IovInterruptModerationType : uint
{
    /// <summary>Default.</summary>
    IovInterruptModerationDefault = 0,
    /// <summary>Adaptive.</summary>
    IovInterruptModerationAdaptive = 1,
    /// <summary>Off.</summary>
    IovInterruptModerationOff = 2,
    /// <summary>Low.</summary>
    IovInterruptModerationLow = 100,
    /// <summary>Medium.</summary>
    IovInterruptModerationMedium = 200,
    /// <summary>High.</summary>
    IovInterruptModerationHigh = 300,
}
