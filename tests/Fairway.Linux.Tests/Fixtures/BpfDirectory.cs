using Fairway.Linux.Bpf;

namespace Fairway.Linux.Tests.Fixtures;

/// <summary>A bpf file system of one test. What a killed run left behind goes when the next one starts.</summary>
internal sealed class BpfDirectory : IDisposable
{
    private const string Parent = "/run/fwt-bpf";
    private static int s_next;

    static BpfDirectory()
    {
        if (!Directory.Exists(Parent))
            return;
        foreach (string path in Directory.EnumerateDirectories(Parent).Where(IsAbandoned))
            Remove(path);
    }

    public BpfDirectory()
    {
        Path = $"{Parent}/{Environment.ProcessId}-{Interlocked.Increment(ref s_next)}";
        Directory.CreateDirectory(Path);
        Assert.True(BpfFileSystem.Mount(Path));
    }

    public string Path { get; }

    public string PathOf(string name) => $"{Path}/{name}";

    public void Dispose()
    {
        Remove(Path);
        try
        {
            Directory.Delete(Parent);
        }
        catch (IOException)
        {
            // another test's is still in it
        }
    }

    private static void Remove(string path)
    {
        if (BpfFileSystem.Contains(path))
            BpfFileSystem.Unmount(path);
        Directory.Delete(path);
    }

    private static bool IsAbandoned(string path)
        => int.TryParse(System.IO.Path.GetFileName(path).Split('-')[0], out int pid) && !Directory.Exists($"/proc/{pid}");
}
