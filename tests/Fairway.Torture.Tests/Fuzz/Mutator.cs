using System.Text;

namespace Fairway.Torture.Tests.Fuzz;

/// <summary>Makes new inputs of old ones: bits, numbers at the edges, words of the formats, pieces cut, doubled, and taken from another input.</summary>
internal sealed class Mutator(Random random)
{
    private const int Longest = 8192;

    private static readonly byte[][] s_words = [.. new[]
    {
        "null", "true", "{}", "[]", "[null]", "\"\"", "-1", "1e400", "4294967296", "18446744073709551616", "\"\\u0000\"", "\"\\ud800\"", "\"10.0.0.0/8\"", "\"::/0\"", "\"ff02::1\"", "\"Name\":", "\"ID\":\"\",",
        "\"Policies\":[", "\"Settings\":{", "\"Type\":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "\"cniVersion\":\"1.1.0\",", "\"portMappings\":[", "\"networks\":{", "\"Subnets\":[",
    }.Select(Encoding.UTF8.GetBytes), [0xC0, 0x0C], [0xFF, 0xFF], [0, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], [4, 0], [3, 0], [0x3F], [0x40]];

    public byte[] Change(byte[] input, byte[] other)
    {
        List<byte> bytes = [.. input];
        for (int count = random.Next(1, 6); count > 0; count--)
            Step(bytes, other);
        return [.. bytes.Take(Longest)];
    }

    private void Step(List<byte> bytes, byte[] other)
    {
        int at = random.Next(bytes.Count + 1), left = bytes.Count - at;
        switch (random.Next(8))
        {
            case 0 when left > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when left > 0:
                bytes[at] = (byte)(random.Next(3) switch { 0 => random.Next(256), 1 => bytes[at] + random.Next(-16, 17), _ => random.Next(2) * 255 });
                break;
            case 2:
                bytes.InsertRange(at, s_words[random.Next(s_words.Length)]);
                break;
            case 3 when left > 0:
                byte[] word = s_words[random.Next(s_words.Length)];
                bytes.RemoveRange(at, Math.Min(left, word.Length));
                bytes.InsertRange(at, word);
                break;
            case 4 when left > 0:
                bytes.RemoveRange(at, random.Next(1, Math.Min(left, 32) + 1));
                break;
            case 5 when left > 0 && bytes.Count < Longest:
                bytes.InsertRange(at, bytes.GetRange(at, random.Next(1, Math.Min(left, 64) + 1)));
                break;
            case 6 when other.Length > 0 && bytes.Count < Longest:
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, random.Next(1, Math.Min(other.Length - from, 128) + 1)));
                break;
            case 7 when random.Next(4) == 0:
                bytes.RemoveRange(at, left);
                break;
        }
    }
}
