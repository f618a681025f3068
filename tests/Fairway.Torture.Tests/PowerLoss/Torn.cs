namespace Fairway.Torture.Tests.PowerLoss;

/// <summary>What a disk holds of a write that was under way when the power went: any of its sectors, in any order.</summary>
internal static class Torn
{
    private const int Sector = 512;

    /// <summary>
    /// A log that was being written. Where it begins again, SQLite has its header on the disk before it writes over the frames of the last
    /// round (https://sqlite.org/fileformat2.html#walformat): without that the old header would find some of them good.
    /// </summary>
    public static byte[] MixLog(byte[] older, byte[] newer, Random random)
    {
        const int header = 32;
        if (older.AsSpan(0, header).SequenceEqual(newer.AsSpan(0, header)))
            return Mix(older, newer, random);
        if (random.Next(4) == 0)
            return older;
        byte[] begun = [.. newer.AsSpan(0, header), .. older.AsSpan(header)];
        return Mix(begun, newer, random);
    }

    /// <summary>The old file with some of the sectors of the new one.</summary>
    public static byte[] Mix(byte[] older, byte[] newer, Random random)
    {
        byte[] mixed = new byte[Math.Max(older.Length, newer.Length)];
        older.CopyTo(mixed, 0);
        int share = random.Next(1, 100);
        for (int start = 0; start < newer.Length; start += Sector)
        {
            int length = Math.Min(Sector, newer.Length - start);
            if (random.Next(100) < share)
                newer.AsSpan(start, length).CopyTo(mixed.AsSpan(start));
        }
        return mixed;
    }

    /// <summary>The beginning of a file, cut at a page or anywhere.</summary>
    public static byte[] Cut(byte[] file, Random random)
    {
        int end = random.Next(file.Length + 1);
        return file[..(random.Next(2) == 0 ? end / 4096 * 4096 : end)];
    }
}
