using Fairway.Dns.Tests.Fixtures;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Wire;

public sealed class QueryTests
{
    [Fact]
    public void Parse_PlainQuery_GivesItsQuestion()
    {
        Query query = new Ask("C1.Web", Ask.Aaaa).Parse();
        Assert.Equal("c1.web", query.Question.Name.ToString());
        Assert.Equal(RecordType.Aaaa, query.Question.Type);
        Assert.Equal(RecordClass.Internet, query.Question.Class);
        Assert.Null(query.Edns);
        Assert.Equal(512, query.PayloadSize);
    }

    [Theory]
    [InlineData(100, 512)]
    [InlineData(512, 512)]
    [InlineData(1100, 1100)]
    [InlineData(4096, 1232)]
    public void Parse_WithEdns_GivesThePayloadSizeWithin512And1232(ushort size, int expected)
    {
        Query query = new Ask("c1") { PayloadSize = size }.Parse();
        Assert.Equal(expected, query.PayloadSize);
        Assert.False(query.Edns!.Value.HasOptions);
        Assert.True(new Ask("c1") { PayloadSize = size, Options = [0, 12, 0, 0] }.Parse().Edns!.Value.HasOptions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Parse_NotOneQuestion_Throws(byte count)
    {
        byte[] message = new Ask("c1").Build();
        message[5] = count;
        Assert.Throws<DnsFormatException>(() => Query.Parse(message));
    }

    [Fact]
    public void Parse_TwoOptRecords_Throws()
    {
        byte[] message = [.. new Ask("c1") { PayloadSize = 512 }.Build(), 0, 0, 41, 2, 0, 0, 0, 0, 0, 0, 0];
        message[11] = 2;
        Assert.Throws<DnsFormatException>(() => Query.Parse(message));
    }

    [Fact]
    public void Parse_Root_IsAName() => Assert.True(new Ask(".", Ask.Ns).Parse().Question.Name.IsRoot);
}
