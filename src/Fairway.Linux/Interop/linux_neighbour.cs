namespace Fairway.Linux.Interop;

/// <summary>Neighbour table.</summary>
[CHeader("linux/neighbour.h")]
internal static class linux_neighbour
{
    public const int NDA_DST = 1;
    public const int NDA_LLADDR = 2;
    public const int NDA_IFINDEX = 8;
    public const int NDA_PROTOCOL = 12;

    public const int NTF_SELF = 2;
    public const int NTF_PROXY = 8;
    public const int NTF_ROUTER = 128;

    public const int NUD_NONE = 0;
    public const int NUD_INCOMPLETE = 1;
    public const int NUD_REACHABLE = 2;
    public const int NUD_STALE = 4;
    public const int NUD_DELAY = 8;
    public const int NUD_PROBE = 16;
    public const int NUD_FAILED = 32;
    public const int NUD_NOARP = 64;
    public const int NUD_PERMANENT = 128;
}
