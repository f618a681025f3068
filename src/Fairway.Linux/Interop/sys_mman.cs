namespace Fairway.Linux.Interop;

/// <summary>mmap(2).</summary>
[CHeader("sys/mman.h")]
internal static class sys_mman
{
    public const int PROT_READ = 1;
    public const int PROT_WRITE = 2;
    public const int MAP_SHARED = 1;
}
