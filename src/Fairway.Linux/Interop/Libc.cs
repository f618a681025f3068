namespace Fairway.Linux.Interop;

/// <summary>System calls through the C library, by their C names; one file per family.</summary>
internal static partial class Libc
{
    private const string Library = "libc";
}
