namespace Fairway.Linux;

/// <summary>Keeps a descriptor open while its bare number is inside a system call's struct.</summary>
internal readonly ref struct HeldDescriptor
{
    private readonly SafeFileDescriptor _fd;

    public HeldDescriptor(SafeFileDescriptor fd)
    {
        bool held = false;
        fd.DangerousAddRef(ref held);
        _fd = fd;
    }

    public uint Number => (uint)_fd.Number;

    public void Dispose() => _fd.DangerousRelease();
}
