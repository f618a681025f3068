using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

internal static unsafe partial class Libbpf
{
    [LibraryImport(Library)]
    public static partial byte* bpf_program__name(nint prog);

    [LibraryImport(Library)]
    public static partial byte* bpf_program__section_name(nint prog);

    [LibraryImport(Library)]
    public static partial int bpf_program__type(nint prog);

    [LibraryImport(Library)]
    public static partial int bpf_program__expected_attach_type(nint prog);

    [LibraryImport(Library)]
    public static partial byte bpf_program__autoload(nint prog);

    [LibraryImport(Library)]
    public static partial int bpf_program__set_autoload(nint prog, byte autoload);

    [LibraryImport(Library)]
    public static partial int bpf_program__fd(nint prog);
}
