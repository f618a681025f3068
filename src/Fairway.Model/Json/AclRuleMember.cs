namespace Fairway.Model.Json;

/// <summary>The members of an access rule's document.</summary>
internal enum AclRuleMember
{
    Number,
    Kind,
    Id,
    Tier,
    Order,
    Direction,
    Action,
    Priority,
    Protocols,
    Local,
    Remote,
    LocalPorts,
    RemotePorts,
    IcmpMessages,
    Document,
}
