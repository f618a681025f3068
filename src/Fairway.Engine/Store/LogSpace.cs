namespace Fairway.Engine.Store;

/// <summary>
/// Gives SQLite's write-ahead log its full length at the start. A commit that lengthens the file has to write the file system's journal too:
/// 0.42 ms for ten pages here, against 0.19 ms over what is there. SQLite starts again at the beginning of the file after every
/// checkpoint, and takes zeroes for the end of the log when it recovers (https://sqlite.org/fileformat2.html#walformat).
/// </summary>
internal static class LogSpace
{
    /// <summary>After so many pages comes a checkpoint (PRAGMA wal_autocheckpoint).</summary>
    public const int Pages = 250;

    // The commit that makes it due may be larger than what is left.
    private const int Reserved = 300;
    private const int HeaderSize = 32;
    private const int FrameSize = 24 + 4096;

    /// <summary>Lengthens the log of an open database. Where that is refused commits are slower, nothing else.</summary>
    public static void Reserve(string database)
    {
        try
        {
            using var log = new FileStream($"{database}-wal", FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var zeroes = new byte[64 * 1024];
            log.Seek(0, SeekOrigin.End);
            for (long missing = HeaderSize + Reserved * FrameSize - log.Length; missing > 0; missing -= zeroes.Length)
                log.Write(zeroes, 0, (int)Math.Min(missing, zeroes.Length));
        }
        catch (IOException)
        {
            // A full disk is told by the next commit, in better words.
        }
    }
}
