namespace Fairway.Linux.Interop;

/// <summary>bpf(2): commands, flags, limits.</summary>
[CHeader("linux/bpf.h")]
internal static partial class linux_bpf
{
    public const int BPF_MAP_CREATE = 0;
    public const int BPF_MAP_LOOKUP_ELEM = 1;
    public const int BPF_MAP_UPDATE_ELEM = 2;
    public const int BPF_MAP_DELETE_ELEM = 3;
    public const int BPF_MAP_GET_NEXT_KEY = 4;
    public const int BPF_PROG_LOAD = 5;
    public const int BPF_OBJ_PIN = 6;
    public const int BPF_OBJ_GET = 7;
    public const int BPF_PROG_TEST_RUN = 10;
    public const int BPF_PROG_GET_FD_BY_ID = 13;
    public const int BPF_MAP_GET_FD_BY_ID = 14;
    public const int BPF_OBJ_GET_INFO_BY_FD = 15;
    public const int BPF_BTF_GET_FD_BY_ID = 19;
    public const int BPF_MAP_LOOKUP_AND_DELETE_ELEM = 21;
    public const int BPF_MAP_LOOKUP_BATCH = 24;
    public const int BPF_MAP_LOOKUP_AND_DELETE_BATCH = 25;
    public const int BPF_MAP_UPDATE_BATCH = 26;
    public const int BPF_MAP_DELETE_BATCH = 27;
    public const int BPF_LINK_CREATE = 28;
    public const int BPF_LINK_UPDATE = 29;
    public const int BPF_LINK_DETACH = 34;

    public const int BPF_ANY = 0;
    public const int BPF_NOEXIST = 1;
    public const int BPF_EXIST = 2;

    public const int BPF_F_NO_PREALLOC = 1;
    public const int BPF_F_MMAPABLE = 1 << 10;
    public const int BPF_F_INNER_MAP = 1 << 12;

    public const int BPF_OBJ_NAME_LEN = 16;
    public const int BPF_TAG_SIZE = 8;

    public const uint BPF_RINGBUF_BUSY_BIT = 0x8000_0000;
    public const int BPF_RINGBUF_DISCARD_BIT = 0x4000_0000;
    public const int BPF_RINGBUF_HDR_SZ = 8;
}
