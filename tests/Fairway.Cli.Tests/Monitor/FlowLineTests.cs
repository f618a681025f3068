using System.Net;
using Fairway.Cli.Monitor;
using Fairway.Model.Flows;

namespace Fairway.Cli.Tests.Monitor;

public sealed class FlowLineTests
{
    private static readonly FlowEvent s_drop = new(new DateTimeOffset(2026, 11, 24, 15, 4, 5, 123, TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 11, 24))),
        FlowEventKind.Drop, DropReason.Isolated, 6, IPAddress.Parse("10.20.0.2"), 43122, IPAddress.Parse("10.30.0.2"), 5432, "web", "c1", null, 60, 0);

    [Fact]
    public void Drop_ShowsNamesAndTheReason() => Assert.Equal(
        "15:04:05.123  drop  web           tcp     c1 10.20.0.2:43122 -> 10.30.0.2:5432  60 bytes  Isolated: another network, or outside, which this network does not reach",
        FlowLine.Of(s_drop, colour: false));

    [Fact]
    public void NewFlow_ShowsBothEnds() => Assert.Equal(
        "15:04:05.123  flow  web           udp     c1 [fd20::2]:5353 -> c2 [fd20::3]:53",
        FlowLine.Of(s_drop with
        {
            Kind = FlowEventKind.NewFlow,
            Reason = DropReason.None,
            Protocol = 17,
            To = "c2",
            Source = IPAddress.Parse("fd20::2"),
            SourcePort = 5353,
            Destination = IPAddress.Parse("fd20::3"),
            DestinationPort = 53,
        }, colour: false));

    [Fact]
    public void Packet_ThatIsNotIp_ShowsWhoSentIt() => Assert.EndsWith(
        "drop  -             non-ip  c1 -> anyone  42 bytes  SourceMac: the source MAC is not the endpoint's  (and 1 event too many to show)",
        FlowLine.Of(s_drop with { Network = null, Protocol = 0, Source = null, Destination = null, Reason = DropReason.SourceMac, Length = 42, Missed = 1 }, colour: false),
        StringComparison.Ordinal);

    [Fact]
    public void Icmp_HasNoPorts() => Assert.Contains("icmpv6  fd20::9 -> ", FlowLine.Of(s_drop with { Protocol = 58, From = null, Source = IPAddress.Parse("fd20::9"), SourcePort = 0 }, colour: false), StringComparison.Ordinal);

    [Fact]
    public void EveryReason_HasASentence()
    {
        var sentences = Enum.GetValues<DropReason>().Where(reason => reason != DropReason.None).Select(ReasonText.Of).ToList();
        Assert.All(sentences, sentence => Assert.Contains(' ', sentence));
        Assert.Equal(sentences.Count, sentences.Distinct().Count());
    }

    [Theory]
    [InlineData(false, "", true)]
    [InlineData(true, "", true)]
    [InlineData(false, "web/c1", true)]
    [InlineData(false, "db/c1", false)]
    [InlineData(false, "web/c2", false)]
    public void Filter_KeepsWhatWasAskedFor(bool dropsOnly, string endpoint, bool shown)
    {
        (string, string?)[] endpoints = endpoint.Split('/') is [var network, var name] ? [(network, name)] : [];
        var filter = new FlowFilter(dropsOnly, endpoints);
        Assert.Equal(shown, filter.Shows(s_drop));
        Assert.Equal(shown && !dropsOnly, filter.Shows(s_drop with { Kind = FlowEventKind.NewFlow }));
    }

    [Fact]
    public void Filter_KeepsWhatTheEndpointIsSent()
    {
        var filter = new FlowFilter(false, [("web", "c2")]);
        Assert.True(filter.Shows(s_drop with { To = "c2" }));
        Assert.True(filter.Shows(s_drop with { From = null, To = "c2" }));
        Assert.False(filter.Shows(s_drop with { From = null, To = "c2", Network = "db" }));
    }
}
