namespace Fairway.Linux.Interop;

/// <summary>Routing policy rules.</summary>
[CHeader("linux/fib_rules.h")]
internal static class linux_fib_rules
{
    public const int FRA_DST = 1;
    public const int FRA_SRC = 2;
    public const int FRA_IIFNAME = 3;
    public const int FRA_GOTO = 4;
    public const int FRA_PRIORITY = 6;
    public const int FRA_FWMARK = 10;
    public const int FRA_SUPPRESS_PREFIXLEN = 14;
    public const int FRA_TABLE = 15;
    public const int FRA_FWMASK = 16;
    public const int FRA_OIFNAME = 17;
    public const int FRA_PROTOCOL = 21;

    public const int FR_ACT_TO_TBL = 1;
    public const int FR_ACT_GOTO = 2;
    public const int FR_ACT_NOP = 3;
    public const int FR_ACT_BLACKHOLE = 6;
    public const int FR_ACT_UNREACHABLE = 7;
    public const int FR_ACT_PROHIBIT = 8;

    public const int FIB_RULE_INVERT = 2;
}
