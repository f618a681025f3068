using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

internal static unsafe partial class Libc
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial int execvpe(byte* file, byte** argv, byte** envp);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int sigprocmask(int how, void* set, void* oldset);

    [LibraryImport(Library)]
    public static partial nint signal(int signum, nint handler);
}
