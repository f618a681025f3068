using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

internal static unsafe partial class Libbpf
{
    [LibraryImport(Library)]
    public static partial byte* bpf_map__name(nint map);

    [LibraryImport(Library)]
    public static partial int bpf_map__type(nint map);

    [LibraryImport(Library)]
    public static partial uint bpf_map__key_size(nint map);

    [LibraryImport(Library)]
    public static partial uint bpf_map__value_size(nint map);

    [LibraryImport(Library)]
    public static partial uint bpf_map__max_entries(nint map);

    [LibraryImport(Library)]
    public static partial int bpf_map__set_max_entries(nint map, uint max_entries);

    [LibraryImport(Library)]
    public static partial byte* bpf_map__pin_path(nint map);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int bpf_map__set_pin_path(nint map, string? path);

    [LibraryImport(Library)]
    public static partial int bpf_map__set_initial_value(nint map, byte* data, nuint size);

    [LibraryImport(Library)]
    public static partial int bpf_map__reuse_fd(nint map, SafeFileDescriptor fd);

    [LibraryImport(Library)]
    public static partial int bpf_map__fd(nint map);
}
