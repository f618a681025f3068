using System.Text;
using Fairway.Dns.Forwarding;
using Fairway.Dns.Tests.Fixtures;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Forwarding;

public sealed class RelayTests
{
    [Fact]
    public void Write_ChangesIdAndSpelling_AndNothingElse()
    {
        byte[] theirs = new Ask("example.COM") { Id = 1 }.Build(), ours = new Ask("EXAMPLE.com") { Id = 2 }.Build();
        byte[] answer = [.. ScriptedUpstream.Address(theirs), 1, 2, 3, 4];
        byte[] reply = new byte[512];
        int length = Relay.Write(answer, ours, Query.Parse(ours), reply);
        Assert.Equal(answer.Length, length);
        Assert.Equal(ours[..2], reply[..2]);
        Assert.Contains("EXAMPLE\u0003com", Encoding.Latin1.GetString(reply), StringComparison.Ordinal);
        Assert.Equal(answer[2..12], reply[2..12]);
        Assert.Equal(answer[25..], reply[25..length]);
    }

    [Fact]
    public void Write_MoreThanTheAskerTakes_IsTruncatedToNothing()
    {
        byte[] query = new Ask("example.com") { PayloadSize = 512 }.Build();
        byte[] reply = new byte[512];
        int length = Relay.Write(ScriptedUpstream.Address(query, count: 100), query, Query.Parse(query), reply);
        Answer answer = Answer.Parse(reply.AsSpan(0, length));
        Assert.True(answer.Header.Has(HeaderFlags.Truncated));
        Assert.Empty(answer.Records);
        Assert.Equal(1, answer.Header.Additionals);
    }
}
