using System.Globalization;
using Fairway.Model.Errors;

namespace Fairway.Engine.Store;

/// <summary>
/// Keeps a second daemon out of a state directory. The kernel drops the lock with the process, so it cannot be left behind; the process
/// number stands in a file beside it, because a locked file cannot be read.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _lock;

    private StoreLock(FileStream held) => _lock = held;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="FairwayException">Unavailable: another process has it.</exception>
    public static StoreLock Take(string directory)
    {
        var holder = Path.Combine(directory, "fairwayd.pid");
        try
        {
            var held = new FileStream(Path.Combine(directory, "fairwayd.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new StoreLock(held);
        }
        catch (IOException problem) when (problem is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new FairwayException(ErrorKind.Unavailable, directory, $"lock the state directory '{directory}': {Holder(holder)} uses it; "
                + "stop that one, or give this one another --instance and --state", inner: problem);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static string Holder(string path)
    {
        try
        {
            return $"a fairwayd with pid {int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture)}";
        }
        catch (Exception problem) when (problem is IOException or FormatException)
        {
            return "another fairwayd";
        }
    }
}
