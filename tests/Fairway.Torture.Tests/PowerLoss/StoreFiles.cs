namespace Fairway.Torture.Tests.PowerLoss;

/// <summary>The files of a store at one moment, and what they hold.</summary>
/// <param name="Database">The database.</param>
/// <param name="Log">The log of writes that the database does not have yet.</param>
/// <param name="State">What an engine that has them knows, as text.</param>
internal sealed record StoreFiles(byte[] Database, byte[] Log, string State)
{
    public const string DatabaseName = "fairway.db", LogName = "fairway.db-wal";

    public static StoreFiles Read(string directory, string state) => new(Bytes(Path.Combine(directory, DatabaseName)), Bytes(Path.Combine(directory, LogName)), state);

    public void Write(string directory)
    {
        // The index of the log lies in memory and dies with the machine.
        File.Delete(Path.Combine(directory, $"{DatabaseName}-shm"));
        File.WriteAllBytes(Path.Combine(directory, DatabaseName), Database);
        File.WriteAllBytes(Path.Combine(directory, LogName), Log);
    }

    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
