namespace Fairway.Bench.Running;

/// <summary>Where a comparison keeps its files. One at a time on a machine.</summary>
internal sealed class Work : IDisposable
{
    private readonly FileStream _lock;

    public Work()
    {
        try
        {
            _lock = new FileStream("/run/fairway-compare.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException("another comparison runs on this machine (/run/fairway-compare.lock is held); wait for it to end", e);
        }
        Empty();
    }

    public static string Root => "/tmp/fairway-compare";

    /// <summary>A new directory of its own.</summary>
    public static string Directory(string name) => System.IO.Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public void Dispose()
    {
        Empty();
        _lock.Dispose();
        File.Delete("/run/fairway-compare.lock");
    }

    private static void Empty()
    {
        if (System.IO.Directory.Exists(Root))
            System.IO.Directory.Delete(Root, recursive: true);
    }
}
