using CsCheck;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Wire;

public sealed class DnsReaderTests
{
    private static readonly byte[] s_header = new byte[DnsHeader.Size];

    [Fact]
    public void ReadName_Pointer_ContinuesWhereItPoints()
    {
        byte[] message = [.. s_header, 3, (byte)'w', (byte)'e', (byte)'b', 0, 1, (byte)'a', 0xc0, 12, 0xff];
        var reader = new DnsReader(message, 17);
        Assert.Equal("a.web", reader.ReadName().ToString());
        Assert.Equal(21, reader.Position);
    }

    [Theory]
    [InlineData(new byte[] { 0xc0, 12 })] // to itself
    [InlineData(new byte[] { 0xc0, 14, 0xc0, 12 })] // to and fro
    [InlineData(new byte[] { 0xc0, 14, 1, 65, 0 })] // forward
    [InlineData(new byte[] { 0xc0, 4 })] // into the header
    [InlineData(new byte[] { 1, 65, 0xc0, 12 })] // a label again and again
    [InlineData(new byte[] { 0xc0 })]
    [InlineData(new byte[] { 5, 65 })]
    [InlineData(new byte[] { 1, 65 })]
    [InlineData(new byte[] { 0x41, 65, 0 })] // reserved label type
    [InlineData(new byte[] { 0x80, 65, 0 })]
    [InlineData(new byte[] { })]
    public void ReadName_Malformed_Throws(byte[] name)
        => Assert.Throws<DnsFormatException>(() => new DnsReader([.. s_header, .. name], DnsHeader.Size).ReadName());

    [Fact]
    public void ReadName_ChainOfPointers_IsBounded()
    {
        List<byte> message = [.. s_header, 0];
        for (int at = 12; message.Count < 2000; at = message.Count - 2)
            message.AddRange([(byte)(0xc0 | (at >> 8)), (byte)at]);
        Assert.Throws<DnsFormatException>(() => new DnsReader([.. message], message.Count - 2).ReadName());
    }

    [Fact]
    public void ReadName_Over255Bytes_Throws()
    {
        byte[] label = [62, .. Enumerable.Repeat((byte)'a', 62)];
        byte[] fits = [.. s_header, .. label, .. label, .. label, .. label, 2, 98, 98, 0];
        Assert.Equal(255, new DnsReader([.. s_header, .. label, .. label, .. label, .. label, 1, 98, 0], 12).ReadName().Bytes.Length);
        Assert.Throws<DnsFormatException>(() => new DnsReader(fits, 12).ReadName());
    }

    [Fact]
    public void ReadName_WhatWasWritten_IsReadBack() => Gen.Byte.Array[1, 63].Array[0, 3].Sample(labels =>
    {
        byte[] wire = [.. labels.SelectMany(label => (byte[])[(byte)label.Length, .. label]), 0];
        DomainName name = new DnsReader([.. s_header, .. wire], DnsHeader.Size).ReadName();
        Assert.Equal(DomainName.FromWire(wire), name);
        Assert.Equal(wire.Length, name.Bytes.Length);
    });

    [Fact]
    public void ReadRecord_LengthBeyondTheEnd_Throws()
        => Assert.Throws<DnsFormatException>(() => new DnsReader([.. s_header, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4], 12).ReadRecord());

    [Fact]
    public void Query_AnyBytes_ParsesOrThrowsFormatException() => Gen.Byte.Array[0, 300].Sample(bytes => ParseOrThrow(bytes), iter: 50_000);

    [Fact]
    public void Query_DamagedQuery_ParsesOrThrowsFormatException()
    {
        byte[] sound = new Fixtures.Ask("a.b.example.com") { PayloadSize = 1232, Options = [0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8] }.Build();
        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte, Gen.Int[0, sound.Length]).Array[1, 4].Sample(damages =>
        {
            byte[] message = [.. sound];
            int length = sound.Length;
            foreach ((int at, byte value, int cut) in damages)
            {
                message[at] = value;
                length = Math.Max(cut, length - 20);
            }
            ParseOrThrow(message[..Math.Min(length, sound.Length)]);
        }, iter: 50_000);
    }

    [Fact]
    public void Query_WorstCaseOf64Kilobytes_IsRefused()
    {
        // A record after the other whose names all point into one long name.
        List<byte> message = [0, 1, 1, 0, 0, 1, 0xff, 0xff, 0, 0, 0, 0];
        for (int i = 0; i < 120; i++)
            message.AddRange([1, (byte)'a']);
        message.AddRange([0, 0, 1, 0, 1]);
        while (message.Count < 65_500)
            message.AddRange([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
        Assert.Throws<DnsFormatException>(() => Query.Parse([.. message]));
    }

    private static void ParseOrThrow(byte[] message)
    {
        try
        {
            Query query = Query.Parse(message);
            Assert.InRange(query.QuestionEnd, DnsHeader.Size + 5, message.Length);
        }
        catch (DnsFormatException)
        {
            // The one exception there may be.
        }
    }
}
