namespace Fairway.Linux.Interop;

/// <summary>flock(2) operations.</summary>
[CHeader("sys/file.h")]
internal static class sys_file
{
    public const int LOCK_EX = 2;
}
