using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Whose firewall a policy is for (HCN schema, FirewallVMType, 2.16).</summary>
[JsonConverter(typeof(NameConverter<FirewallVMType>))]
public enum FirewallVMType
{
    /// <summary>None.</summary>
    Invalid,
    /// <summary>The host.</summary>
    Host,
    /// <summary>Windows Subsystem for Android.</summary>
    WSA,
    /// <summary>Windows Subsystem for Linux.</summary>
    WSL,
}
