using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>What an access rule does (HCN schema, ActionType).</summary>
[JsonConverter(typeof(NameConverter<ActionType>))]
public enum ActionType
{
    /// <summary>Let through.</summary>
    Allow,
    /// <summary>Drop.</summary>
    Block,
    /// <summary>Leave to the next tier (2.10).</summary>
    Pass,
}
