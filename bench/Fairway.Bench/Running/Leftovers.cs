using Fairway.Bench.Measuring;

namespace Fairway.Bench.Running;

/// <summary>Takes away what a run left behind, killed or not.</summary>
internal static class Leftovers
{
    public static void End()
    {
        foreach (int id in new Kinship().Leftovers())
            Shell.Run($"kill -9 {id}", mayFail: true);
        foreach (string directory in Directory.Exists(BpfFileSystem) ? Directory.EnumerateDirectories(BpfFileSystem, "cmpf*").ToArray() : [])
            Directory.Delete(directory, recursive: true);
        HostSpace.DeleteAll();
    }

    private static string BpfFileSystem => "/sys/fs/bpf";
}
