using System.Buffers.Binary;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>Builds queries byte by byte, without the code under test.</summary>
internal sealed record Ask(string Name, ushort Type = 1)
{
    public const ushort A = 1, Ns = 2, Soa = 6, Ptr = 12, Txt = 16, Aaaa = 28, Ds = 43, Https = 65, Axfr = 252, Any = 255;

    public ushort Id { get; init; } = 0x1234;
    public ushort Bits { get; init; } = 0x0100;
    public ushort Class { get; init; } = 1;

    /// <summary>With EDNS: the payload size.</summary>
    public ushort? PayloadSize { get; init; }
    public byte EdnsVersion { get; init; }
    public byte[] Options { get; init; } = [];

    public byte[] Build()
    {
        var bytes = new List<byte>();
        foreach (ushort word in (ushort[])[Id, Bits, 1, 0, 0, (ushort)(PayloadSize is null ? 0 : 1)])
            Add(bytes, word);
        foreach (string label in Name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(label.Select(character => (byte)character));
        }
        bytes.Add(0);
        Add(bytes, Type);
        Add(bytes, Class);
        if (PayloadSize is { } size)
        {
            bytes.Add(0);
            Add(bytes, 41);
            Add(bytes, size);
            bytes.AddRange([0, EdnsVersion, 0, 0]);
            Add(bytes, (ushort)Options.Length);
            bytes.AddRange(Options);
        }
        return [.. bytes];
    }

    public Query Parse() => Query.Parse(Build());

    private static void Add(List<byte> bytes, ushort word)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, word);
        bytes.AddRange(two);
    }
}
