using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial record RoutingRule
{
    internal void Write(ref NetlinkWriter writer)
    {
        writer.WriteHeader(new fib_rule_hdr
        {
            family = KernelAddress.Family(Family),
            dst_len = (byte)(Destination?.PrefixLength ?? 0),
            src_len = (byte)(Source?.PrefixLength ?? 0),
            table = (byte)(Table <= byte.MaxValue ? Table : linux_rtnetlink.RT_TABLE_UNSPEC),
            action = (byte)Action,
            flags = Invert ? (uint)linux_fib_rules.FIB_RULE_INVERT : 0,
        });
        if (Action == RuleAction.Lookup)
            writer.Write(linux_fib_rules.FRA_TABLE, Table);
        WriteMatches(ref writer);
        if (Priority is { } priority)
            writer.Write(linux_fib_rules.FRA_PRIORITY, priority);
        if (GotoPriority is { } target)
            writer.Write(linux_fib_rules.FRA_GOTO, target);
        if (SuppressPrefixLength is { } length)
            writer.Write(linux_fib_rules.FRA_SUPPRESS_PREFIXLEN, length);
        if (Protocol != RouteProtocol.Unspecified)
            writer.Write(linux_fib_rules.FRA_PROTOCOL, (byte)Protocol);
    }

    /// <summary>Reads RTM_NEWRULE and RTM_DELRULE: fib_rule_hdr, then FRA_* attributes.</summary>
    internal static bool TryRead(in NetlinkMessage message, [MaybeNullWhen(false)] out RoutingRule rule)
    {
        rule = null;
        if (message.Type is not (linux_rtnetlink.RTM_NEWRULE or linux_rtnetlink.RTM_DELRULE))
            return false;
        fib_rule_hdr header = message.Header<fib_rule_hdr>();
        if (KernelAddress.ToManaged(header.family) is not { } family)
            return false;
        rule = new RoutingRule
        {
            Family = family,
            Table = header.table,
            Action = (RuleAction)header.action,
            Priority = 0, // left out by the kernel when it is 0
            Invert = (header.flags & linux_fib_rules.FIB_RULE_INVERT) != 0,
        };
        AttributeReader attributes = message.Attributes<fib_rule_hdr>();
        while (attributes.Read(out NetlinkAttribute attribute))
            rule = rule.With(header, attribute);
        return true;
    }

    private RoutingRule With(in fib_rule_hdr header, NetlinkAttribute attribute) => attribute.Type switch
    {
        linux_fib_rules.FRA_SRC => this with { Source = KernelAddress.Network(header.family, attribute.AsAddress(), header.src_len) },
        linux_fib_rules.FRA_DST => this with { Destination = KernelAddress.Network(header.family, attribute.AsAddress(), header.dst_len) },
        linux_fib_rules.FRA_PRIORITY => this with { Priority = attribute.AsUInt32() },
        linux_fib_rules.FRA_FWMARK => this with { Mark = attribute.AsUInt32() },
        linux_fib_rules.FRA_FWMASK => this with { MarkMask = attribute.AsUInt32() },
        linux_fib_rules.FRA_IIFNAME => this with { InputLink = attribute.AsString() },
        linux_fib_rules.FRA_OIFNAME => this with { OutputLink = attribute.AsString() },
        linux_fib_rules.FRA_TABLE => this with { Table = attribute.AsUInt32() },
        linux_fib_rules.FRA_GOTO => this with { GotoPriority = attribute.AsUInt32() },
        linux_fib_rules.FRA_PROTOCOL => this with { Protocol = (RouteProtocol)attribute.AsByte() },
        linux_fib_rules.FRA_SUPPRESS_PREFIXLEN => this with { SuppressPrefixLength = attribute.AsInt32() is >= 0 and var length ? length : null },
        _ => this,
    };

    private void WriteMatches(ref NetlinkWriter writer)
    {
        if (Source is { PrefixLength: > 0 } source)
            writer.WriteAddress(linux_fib_rules.FRA_SRC, source.BaseAddress);
        if (Destination is { PrefixLength: > 0 } destination)
            writer.WriteAddress(linux_fib_rules.FRA_DST, destination.BaseAddress);
        if (Mark is { } mark)
            writer.Write(linux_fib_rules.FRA_FWMARK, mark);
        if (MarkMask is { } mask)
            writer.Write(linux_fib_rules.FRA_FWMASK, mask);
        if (InputLink is not null)
            writer.WriteString(linux_fib_rules.FRA_IIFNAME, InputLink);
        if (OutputLink is not null)
            writer.WriteString(linux_fib_rules.FRA_OIFNAME, OutputLink);
    }
}
