using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>libbpf 1.x, for what bpf(2) alone does not do: reading an object file, relocating it and loading its parts.</summary>
internal static unsafe partial class Libbpf
{
    public const string Library = "libbpf.so.1";

    [LibraryImport(Library)]
    public static partial delegate* unmanaged[Cdecl]<int, byte*, nint, int> libbpf_set_print(delegate* unmanaged[Cdecl]<int, byte*, nint, int> fn);

    [LibraryImport(Library)]
    public static partial byte* libbpf_version_string();

    [LibraryImport(Library)]
    public static partial int libbpf_strerror(int err, byte* buf, nuint size);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint bpf_object__open_file(string path, in bpf_object_open_opts opts);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint bpf_object__open_mem(byte* obj_buf, nuint obj_buf_sz, in bpf_object_open_opts opts);

    [LibraryImport(Library)]
    public static partial int bpf_object__load(nint obj);

    [LibraryImport(Library)]
    public static partial void bpf_object__close(nint obj);

    [LibraryImport(Library)]
    public static partial nint bpf_object__next_program(nint obj, nint prog);

    [LibraryImport(Library)]
    public static partial nint bpf_object__next_map(nint obj, nint map);
}
