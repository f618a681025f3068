using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>What a routing rule does with what it matches (<c>linux/fib_rules.h</c>, FR_ACT_*).</summary>
public enum RuleAction : byte
{
    /// <summary>Looks up a table.</summary>
    Lookup = linux_fib_rules.FR_ACT_TO_TBL,

    /// <summary>Goes on with another rule.</summary>
    Goto = linux_fib_rules.FR_ACT_GOTO,

    /// <summary>Nothing.</summary>
    Nop = linux_fib_rules.FR_ACT_NOP,

    /// <summary>Drops without a word.</summary>
    Blackhole = linux_fib_rules.FR_ACT_BLACKHOLE,

    /// <summary>Answers network unreachable.</summary>
    Unreachable = linux_fib_rules.FR_ACT_UNREACHABLE,

    /// <summary>Answers administratively prohibited.</summary>
    Prohibit = linux_fib_rules.FR_ACT_PROHIBIT,
}
