using System.Runtime.InteropServices;

namespace Fairway.Linux.Processes;

/// <summary>A list of C strings with a null pointer at its end, as execve(2) wants it.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    public NativeStrings(IEnumerable<string> strings)
    {
        string[] all = [.. strings];
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)all.Length + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < all.Length; i++)
            Pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(all[i]);
    }

    public byte** Pointers { get; private set; }

    public void Dispose()
    {
        for (byte** at = Pointers; at is not null && *at is not null; at++)
            Marshal.FreeCoTaskMem((nint)(*at));
        NativeMemory.Free(Pointers);
        Pointers = null;
    }
}
