using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

internal static unsafe partial class Libc
{
    // The C library has no function for it. The number is the same on every architecture but the oldest.
    private static readonly nint s_bpf = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 321,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 280,
        var other => throw new PlatformNotSupportedException($"the number of bpf(2) on {other} is not known"),
    };

    /// <summary>bpf(2); the result of the command, or -1 with the last error set.</summary>
    public static int bpf<T>(int command, ref T attributes)
        where T : unmanaged
    {
        fixed (T* pointer = &attributes)
            return (int)syscall(s_bpf, command, pointer, Unsafe.SizeOf<T>());
    }

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint syscall(nint number, nint command, void* attributes, nint size);

    [LibraryImport(Library)]
    public static partial int vasprintf(byte** result, byte* format, nint arguments);

    [LibraryImport(Library)]
    public static partial void free(void* pointer);
}
