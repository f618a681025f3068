namespace Fairway.Linux.Interop;

/// <summary>Kinds of file systems, as statfs(2) tells them.</summary>
[CHeader("linux/magic.h")]
internal static class linux_magic
{
    public const uint BPF_FS_MAGIC = 0xCAFE4A11;
}
