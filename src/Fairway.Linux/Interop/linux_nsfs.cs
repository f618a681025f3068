namespace Fairway.Linux.Interop;

/// <summary>Questions to a namespace's file.</summary>
[CHeader("linux/nsfs.h")]
internal static class linux_nsfs
{
    public const int NS_GET_NSTYPE = 0xB703;
}
