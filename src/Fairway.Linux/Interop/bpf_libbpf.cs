using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>libbpf's own error numbers and log levels.</summary>
[CHeader("bpf/libbpf.h")]
internal static class bpf_libbpf
{
    public const int LIBBPF_ERRNO__LIBELF = 4000;
    public const int LIBBPF_ERRNO__FORMAT = 4001;
    public const int LIBBPF_ERRNO__ENDIAN = 4003;

    public const int LIBBPF_WARN = 0;
}

[CHeader("bpf/libbpf.h")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct bpf_object_open_opts
{
    public nuint sz;
    public byte* object_name;
    public byte relaxed_maps;
    public byte* pin_root_path;
    private readonly ulong _removed;
    public byte* kconfig;
    public byte* btf_custom_path;
    public byte* kernel_log_buf;
    public nuint kernel_log_size;
    public uint kernel_log_level;
}
