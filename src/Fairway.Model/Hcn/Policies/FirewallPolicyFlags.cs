using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Switches of a firewall policy (HCN schema, FirewallPolicyFlags, 2.16). Numbers on the wire.</summary>
[Flags]
[JsonConverter(typeof(NumberConverter<FirewallPolicyFlags>))]
public enum FirewallPolicyFlags : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,
    /// <summary>One interface only.</summary>
    ConstrainedInterface = 1,
}
