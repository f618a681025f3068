using System.Collections.Immutable;
using Fairway.Model.Policies;

namespace Fairway.Model.Json;

/// <summary>What has been read of an access rule so far.</summary>
internal ref struct AclRuleFields
{
    private const uint Required = 1u << (int)AclRuleMember.Kind | 1u << (int)AclRuleMember.Direction | 1u << (int)AclRuleMember.Action;

    public uint Number;
    public PolicyKind Kind;
    public string? Id;
    public string? Tier;
    public uint Order;
    public PolicyDirection Direction;
    public PolicyAction Action;
    public uint Priority;
    public ImmutableArray<byte> Protocols;
    public AddressMatch? Local;
    public AddressMatch? Remote;
    public ImmutableArray<PortInterval> LocalPorts;
    public ImmutableArray<PortInterval> RemotePorts;
    public string? Document;
    private uint _seen;

    /// <summary>The member of a name; names that differ in anything are not known here.</summary>
    public static AclRuleMember? MemberOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("Id"u8) => AclRuleMember.Id,
        4 when name.SequenceEqual("Kind"u8) => AclRuleMember.Kind,
        4 when name.SequenceEqual("Tier"u8) => AclRuleMember.Tier,
        5 when name.SequenceEqual("Order"u8) => AclRuleMember.Order,
        5 when name.SequenceEqual("Local"u8) => AclRuleMember.Local,
        6 when name.SequenceEqual("Action"u8) => AclRuleMember.Action,
        6 when name.SequenceEqual("Remote"u8) => AclRuleMember.Remote,
        6 when name.SequenceEqual("Number"u8) => AclRuleMember.Number,
        8 when name.SequenceEqual("Priority"u8) => AclRuleMember.Priority,
        8 when name.SequenceEqual("Document"u8) => AclRuleMember.Document,
        9 when name.SequenceEqual("Direction"u8) => AclRuleMember.Direction,
        9 when name.SequenceEqual("Protocols"u8) => AclRuleMember.Protocols,
        10 when name.SequenceEqual("LocalPorts"u8) => AclRuleMember.LocalPorts,
        11 when name.SequenceEqual("RemotePorts"u8) => AclRuleMember.RemotePorts,
        12 when name.SequenceEqual("IcmpMessages"u8) => AclRuleMember.IcmpMessages,
        _ => null,
    };

    /// <summary>Notes a member; false when it was there before.</summary>
    public bool Mark(AclRuleMember member)
    {
        var bit = 1u << (int)member;
        var isNew = (_seen & bit) == 0;
        _seen |= bit;
        return isNew;
    }

    /// <summary>The rule, or null when a member is missing that has no default.</summary>
    public readonly AclRule? Rule() => (_seen & Required) != Required ? null : new AclRule
    {
        Number = Number,
        Kind = Kind,
        Id = Id,
        Tier = Tier,
        Order = (ushort)Order,
        Direction = Direction,
        Action = Action,
        Priority = (ushort)Priority,
        Protocols = Protocols,
        Local = Local ?? AddressMatch.Any,
        Remote = Remote ?? AddressMatch.Any,
        LocalPorts = LocalPorts,
        RemotePorts = RemotePorts,
        Document = Document,
    };
}
