using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Where an access rule is enforced (HCN schema, RuleType).</summary>
[JsonConverter(typeof(NameConverter<RuleType>))]
public enum RuleType
{
    /// <summary>Firewall of the host (WFP).</summary>
    Host,
    /// <summary>The switch (VFP).</summary>
    Switch,
}
