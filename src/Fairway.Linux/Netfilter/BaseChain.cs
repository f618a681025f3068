using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Netfilter;

/// <summary>A chain that packets enter by themselves. Those of iptables-nft are among them, those of legacy iptables are not.</summary>
public sealed record BaseChain
{
    /// <summary>Whose packets it sees.</summary>
    public required ChainFamily Family { get; init; }

    /// <summary>Its table.</summary>
    public required string Table { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required ChainHook Hook { get; init; }

    /// <summary>Its turn among the chains of the hook, lowest first.</summary>
    public int Priority { get; init; }

    /// <summary>Whether packets that no rule decides on are dropped, rather than let through.</summary>
    public bool DropsByDefault { get; init; }

    /// <summary>Reads NFT_MSG_NEWCHAIN: nfgenmsg, then NFTA_CHAIN_*; integers are in network byte order. Chains without a hook are no base chains.</summary>
    internal static bool TryRead(in NetlinkMessage message, [MaybeNullWhen(false)] out BaseChain chain)
    {
        chain = null;
        if (message.Type != (linux_nf_tables.NFNL_SUBSYS_NFTABLES << 8 | linux_nf_tables.NFT_MSG_NEWCHAIN))
            return false;
        string table = "", name = "";
        (uint Number, int Priority)? hook = null;
        bool drops = false;
        AttributeReader attributes = message.Attributes<nfgenmsg>();
        while (attributes.Read(out NetlinkAttribute attribute))
        {
            switch (attribute.Type)
            {
                case linux_nf_tables.NFTA_CHAIN_TABLE: table = attribute.AsString(); break;
                case linux_nf_tables.NFTA_CHAIN_NAME: name = attribute.AsString(); break;
                case linux_nf_tables.NFTA_CHAIN_HOOK: hook = ReadHook(attribute.Nested()); break;
                case linux_nf_tables.NFTA_CHAIN_POLICY: drops = BigEndian(attribute) == linux_nf_tables.NF_DROP; break;
            }
        }
        if (hook is not { } at)
            return false;
        chain = new BaseChain
        {
            Family = (ChainFamily)message.Header<nfgenmsg>().nfgen_family,
            Table = table,
            Name = name,
            Hook = (ChainHook)at.Number,
            Priority = at.Priority,
            DropsByDefault = drops,
        };
        return true;
    }

    private static (uint Number, int Priority) ReadHook(AttributeReader attributes)
    {
        uint number = 0;
        int priority = 0;
        while (attributes.Read(out NetlinkAttribute attribute))
        {
            if (attribute.Type == linux_nf_tables.NFTA_HOOK_HOOKNUM)
                number = BigEndian(attribute);
            else if (attribute.Type == linux_nf_tables.NFTA_HOOK_PRIORITY)
                priority = (int)BigEndian(attribute);
        }
        return (number, priority);
    }

    private static uint BigEndian(NetlinkAttribute attribute)
        => attribute.Value.Length >= sizeof(uint)
            ? BinaryPrimitives.ReadUInt32BigEndian(attribute.Value)
            : throw new InvalidDataException($"nf_tables attribute {attribute.Type} has {attribute.Value.Length} bytes, expected {sizeof(uint)}");
}
