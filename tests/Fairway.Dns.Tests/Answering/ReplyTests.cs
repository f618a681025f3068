using System.Net;
using System.Text;
using Fairway.Dns.Answering;
using Fairway.Dns.Tests.Fixtures;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Answering;

public sealed class ReplyTests
{
    [Fact]
    public void Addresses_AreGiven_UnderTheAskersIdAndSpelling()
    {
        byte[] query = new Ask("Www.WEB") { Id = 0xbeef, Bits = 0x0110 }.Build();
        byte[] reply = Write(Verdict.Of([IPAddress.Parse("10.1.0.2"), IPAddress.Parse("10.1.0.3")]), query);
        Answer answer = Answer.Parse(reply);
        Assert.Equal(0xbeef, answer.Header.Id);
        Assert.Equal(["10.1.0.2", "10.1.0.3"], answer.Records);
        Assert.Equal([5u, 5u], answer.Ttls);
        Assert.Contains("Www\u0003WEB", Encoding.Latin1.GetString(reply), StringComparison.Ordinal);
        Assert.Equal(HeaderFlags.Response | HeaderFlags.Authoritative | HeaderFlags.RecursionDesired | HeaderFlags.RecursionAvailable
            | HeaderFlags.CheckingDisabled, answer.Header.Flags);
    }

    [Theory]
    [InlineData("nobody.web", "web", "SOA web")]
    [InlineData("nobody", ".", "SOA .")]
    public void Negative_CarriesTheSoa_ThatLimitsHowLongItIsKept(string name, string zone, string expected)
    {
        Answer answer = Answer.Parse(Write(Verdict.NoName(zone == "." ? DomainName.Root : Tables.Name(zone)), new Ask(name).Build()));
        Assert.Equal(ResponseCode.NameError, answer.Code);
        Assert.Equal([expected], answer.Records);
        Assert.Equal([1u], answer.Ttls);
        Assert.Equal((0, 1), (answer.Header.Answers, answer.Header.Authorities));
    }

    [Fact]
    public void Pointer_IsWrittenWhole()
        => Assert.Equal(["c1.web"], Answer.Parse(Write(Verdict.Of(Tables.Name("c1.web")), new Ask("2.0.1.10.in-addr.arpa", Ask.Ptr).Build())).Records);

    [Fact]
    public void MoreThanFits_IsCut_AndSaysSo()
    {
        IPAddress[] addresses = [.. Enumerable.Range(0, 200).Select(i => new IPAddress([10, 1, 1, (byte)i]))];
        byte[] query = new Ask("www") { PayloadSize = 700 }.Build();
        byte[] reply = Write(Verdict.Of(addresses), query, 700);
        Answer answer = Answer.Parse(reply);
        Assert.True(answer.Header.Has(HeaderFlags.Truncated));
        Assert.InRange(reply.Length, 600, 700);
        Assert.Equal(addresses[..answer.Addresses.Count], answer.Addresses);
        Assert.False(Answer.Parse(Write(Verdict.Of(addresses), query, 65535)).Header.Has(HeaderFlags.Truncated));
    }

    [Fact]
    public void Reason_IsGiven_ToThoseWhoSpeakEdns()
    {
        Verdict verdict = Verdict.NoName(DomainName.Root, new ExtendedError(ExtendedError.Blocked, "no way out"));
        Assert.Equal("15: no way out", Answer.Parse(Write(verdict, new Ask("example.com") { PayloadSize = 1232 }.Build())).Explanation);
        Answer classic = Answer.Parse(Write(verdict, new Ask("example.com").Build()));
        Assert.Null(classic.Explanation);
        Assert.Equal(0, classic.Header.Additionals);
    }

    [Fact]
    public void Reason_LongerThanThereIsRoom_IsCut()
    {
        string name = string.Join('.', Enumerable.Repeat(new string('n', 62), 4));
        byte[] query = new Ask(name) { PayloadSize = 512 }.Build();
        byte[] reply = new byte[512];
        int length = Reply.WriteFailure(new string('x', 900), query, Query.Parse(query), reply);
        Answer answer = Answer.Parse(reply.AsSpan(0, length));
        Assert.Equal(ResponseCode.ServerFailure, answer.Code);
        Assert.StartsWith("22: xxx", answer.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void BadVersion_IsSpreadOverHeaderAndOpt()
    {
        byte[] reply = Write(Verdict.Fail(ResponseCode.BadVersion), new Ask("c1") { PayloadSize = 1232, EdnsVersion = 1 }.Build());
        Assert.Equal(0, reply[3] & 15);
        Assert.Equal(1, reply[^6]);
    }

    private static byte[] Write(Verdict verdict, byte[] query, int room = 1232)
    {
        byte[] reply = new byte[room];
        return reply[..Reply.Write(verdict, query, Query.Parse(query), recursion: true, reply)];
    }
}
