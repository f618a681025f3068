using Fairway.Testing;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Crashes;

/// <summary>What a daemon killed at one instant leaves: its store as it is on the disk, and the kernel.</summary>
internal sealed record CrashImage(string Moment, string Directory, FakeKernel Kernel)
{
    public static CrashImage Take(string moment, string stateDirectory, FakeKernel kernel)
    {
        var directory = TestEngine.NewDirectory();
        // The shared-memory index beside the log dies with the process; SQLite makes it again.
        foreach (var file in System.IO.Directory.GetFiles(stateDirectory, "fairway.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        return new CrashImage(moment, directory, kernel.Clone());
    }

    /// <summary>Takes an image before and after every driver call of an operation.</summary>
    public static async Task<List<CrashImage>> TakeAllAsync(string stateDirectory, FakeKernel kernel, Func<Task> operation)
    {
        var images = new List<CrashImage>();
        var calls = 0;
        kernel.Before = call => images.Add(Take($"before call {++calls} ({call})", stateDirectory, kernel));
        kernel.After = call => images.Add(Take($"after call {calls} ({call})", stateDirectory, kernel));
        await operation();
        kernel.Before = kernel.After = _ => { };
        return images;
    }
}
