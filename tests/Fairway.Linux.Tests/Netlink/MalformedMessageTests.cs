using CsCheck;
using Fairway.Linux.Netlink;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Netlink;

/// <summary>Whatever arrives, a parser reads it, passes over it or throws InvalidDataException: it never reads beyond the end, never loops, throws nothing else.</summary>
public sealed class MalformedMessageTests
{
    private const int NetlinkHeader = 16;

    [Theory]
    [MemberData(nameof(Parsers.Names), MemberType = typeof(Parsers))]
    public void Recording_CutAnywhere_Survives(string name)
    {
        byte[] recording = Recording.Read(name);
        for (int length = 0; length < recording.Length; length++)
            Parsers.Survives(Parsers.All[name], recording[..length]);
    }

    [Theory]
    [MemberData(nameof(Parsers.Names), MemberType = typeof(Parsers))]
    public void Message_CutAnywhereWithALengthThatSaysSo_Survives(string name)
    {
        foreach (byte[] message in Recording.Split(Recording.Read(name)))
        {
            for (int length = NetlinkHeader; length < message.Length; length++)
            {
                byte[] cut = message[..length];
                BitConverter.TryWriteBytes(cut, length);
                Parsers.Survives(Parsers.All[name], cut);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Parsers.Names), MemberType = typeof(Parsers))]
    public void Message_BytesChanged_Survives(string name)
    {
        List<byte[]> messages = Recording.Split(Recording.Read(name));
        Gen<(int Message, (int, byte)[] Changes)> generator = Gen.Select(
            Gen.Int[0, messages.Count - 1],
            Gen.Select(Gen.Int[NetlinkHeader, 4000], Gen.Byte).Array[1, 6]);
        int readable = 0;
        generator.Sample(
            sample =>
            {
                byte[] message = [.. messages[sample.Message]];
                foreach ((int position, byte value) in sample.Changes)
                    message[NetlinkHeader + (position % (message.Length - NetlinkHeader))] = value;
                if (Parsers.Survives(Parsers.All[name], message))
                    Interlocked.Increment(ref readable);
            },
            iter: 5000);
        Assert.True(readable > 0, "every sample was refused: the changes reach nothing");
    }

    [Theory]
    [MemberData(nameof(Parsers.Names), MemberType = typeof(Parsers))]
    public void Message_AttributeLengthsExtreme_Survives(string name)
    {
        foreach (byte[] message in Recording.Split(Recording.Read(name)))
        {
            for (int position = NetlinkHeader; position + 1 < message.Length; position += 2)
            {
                foreach (ushort length in (ushort[])[0, 1, 3, 4, 5, 0x7FFF, 0xFFFF])
                {
                    byte[] changed = [.. message];
                    BitConverter.TryWriteBytes(changed.AsSpan(position), length);
                    Parsers.Survives(Parsers.All[name], changed);
                }
            }
        }
    }

    [Fact]
    public void RandomBytes_AnyParser_Survives() => Gen.Select(Gen.Byte.Array[0, 300], Gen.OneOfConst([.. Parsers.All.Keys]))
        .Sample((bytes, name) => { Parsers.Survives(Parsers.All[name], bytes); }, iter: 5000);

    [Fact]
    public void ErrorMessage_RandomPayload_Survives() => Gen.Select(Gen.Byte.Array[0, 120], Gen.UShort).Sample((payload, flags) =>
    {
        try
        {
            var reader = new NetlinkReader(FakeKernel.Message(2, 1, payload, flags));
            while (reader.Read(out NetlinkMessage message))
                _ = NetlinkError.Read(message);
        }
        catch (InvalidDataException)
        {
            // as promised
        }
    }, iter: 5000);

    [Theory]
    [InlineData("0f000000" + "10000000" + "00000000" + "00000000")] // shorter than a header
    [InlineData("11000000" + "10000000" + "00000000" + "00000000")] // longer than the datagram
    [InlineData("ffffffff" + "10000000" + "00000000" + "00000000")] // longer than anything
    [InlineData("1000")] // not even a header
    public void Reader_LengthsThatLie_Throws(string hex) => Assert.Throws<InvalidDataException>(() =>
    {
        var reader = new NetlinkReader(Convert.FromHexString(hex));
        while (reader.Read(out _))
        {
        }
    });
}
