using Fairway.Linux.Netlink;

namespace Fairway.Linux.Tests.Fixtures;

/// <summary>What a kernel once answered, from Recordings/*.hex: netlink messages one behind the other.</summary>
internal static class Recording
{
    public static byte[] Read(string name) => Convert.FromHexString(string.Concat(File.ReadLines(PathOf(name)).Where(line => !line.StartsWith('#'))));

    /// <summary>Every message of a recording on its own.</summary>
    public static List<byte[]> Split(byte[] recording)
    {
        var messages = new List<byte[]>();
        for (int start = 0; start < recording.Length;)
        {
            int length = (BitConverter.ToInt32(recording, start) + 3) & ~3;
            messages.Add(recording[start..(start + length)]);
            start += length;
        }
        return messages;
    }

    public static List<T> Parse<T>(ReadOnlySpan<byte> bytes, NetlinkParser<T> parser)
    {
        var items = new List<T>();
        var reader = new NetlinkReader(bytes);
        while (reader.Read(out NetlinkMessage message))
        {
            if (parser(message, out T? item))
                items.Add(item);
        }
        return items;
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Recordings", $"{name}.hex");
}
