using System.Net;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Tests.Netlink;

public sealed class NetlinkWriterTests
{
    [Fact]
    public void Message_OfEveryKindOfAttribute_IsLaidOutAndPadded()
    {
        byte[] buffer = new byte[256];
        var writer = new NetlinkWriter(buffer, type: 0x10, flags: 0x605);
        writer.WriteHeader((ushort)0x0102);
        writer.Write(1, (byte)0xAB);
        writer.WriteString(2, "lo");
        int nest = writer.BeginNest(0x8003);
        writer.WriteBigEndian(4, 4789);
        writer.WriteFlag(5);
        writer.EndNest(nest);
        writer.WriteAddress(6, IPAddress.Parse("10.0.0.1"));
        int length = writer.Complete();

        string expected = "3c000000" + "1000" + "0506" + "00000000" + "00000000" // header of 16 bytes
            + "02010000" // family header, padded
            + "05000100" + "ab000000" // a byte, padded
            + "07000200" + "6c6f0000" // text with its zero, padded
            + "10000380" + "06000400" + "12b50000" + "04000500" // a nest of two
            + "08000600" + "0a000001";
        Assert.Equal(expected, Convert.ToHexStringLower(buffer.AsSpan(0, length)));
    }

    [Fact]
    public void Span_TooSmall_Throws() => Assert.Throws<InvalidOperationException>(() =>
    {
        var writer = new NetlinkWriter(new byte[20], 1, 1);
        writer.Write(1, 1ul);
    });

    [Fact]
    public void Attribute_TooLarge_Throws() => Assert.Throws<ArgumentException>(() =>
    {
        var writer = new NetlinkBatch().Begin(1, 0, "write", "x");
        writer.WriteBytes(1, new byte[65532]);
    });

    [Fact]
    public void Nest_TooLarge_Throws() => Assert.Throws<InvalidOperationException>(() =>
    {
        NetlinkWriter writer = new NetlinkBatch().Begin(1, 0, "write", "x");
        int nest = writer.BeginNest(1);
        writer.WriteBytes(2, new byte[40_000]);
        writer.WriteBytes(3, new byte[40_000]);
        writer.EndNest(nest);
    });

    [Fact]
    public void Batch_GrowingWhileWriting_KeepsWhatWasWritten()
    {
        var batch = new NetlinkBatch();
        for (int i = 0; i < 100; i++)
        {
            NetlinkWriter writer = batch.Begin((ushort)(100 + i), 0, "write", i);
            writer.WriteBytes(7, new byte[i * 10]);
            writer.Complete();
        }

        int count = 0;
        var reader = new NetlinkReader(batch.Bytes);
        while (reader.Read(out NetlinkMessage message))
        {
            Assert.Equal(100 + count, message.Type);
            AttributeReader attributes = message.Attributes(0);
            Assert.True(attributes.Read(out NetlinkAttribute attribute));
            Assert.Equal((7, count * 10), (attribute.Type, attribute.Value.Length));
            count++;
        }
        Assert.Equal(100, count);
    }
}
