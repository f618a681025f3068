using System.Collections;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Fairway.Client.Direct;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Json;
using Fairway.Model.Ports;

namespace Fairway.Cni.Tests.Client;

/// <summary>What is written and read by hand for speed is what the generated contracts write and read.</summary>
public sealed class HandWrittenDocumentsTests
{
    private static readonly ImmutableArray<PortPublication> s_publications =
    [
        new() { HostPort = 8080, ContainerPort = 80 },
        new() { HostPort = 5353, ContainerPort = 53, Count = 3, Protocol = TransportProtocol.Udp, HostAddress = IPAddress.Parse("::1"), From = [IPNetwork.Parse("192.0.2.0/24")] },
    ];

    private static readonly DnsSettings s_dns = new("shop.example", ["a.example", "b.example"], ["192.0.2.53"], ["ndots:2"]);

    private static readonly Owner s_owner = new("cni", "c1", "web \"0\"", "busybox", ImmutableDictionary<string, string>.Empty.Add("app", "shop"));

    public static TheoryData<AttachRequest> Requests =>
    [
        new AttachRequest { Network = "web", NetnsPath = "/run/netns/c1" },
        new AttachRequest
        {
            Network = "web",
            Endpoint = "c1",
            NetnsPath = "/run/netns/c1",
            InterfaceName = "net0",
            Addresses = [IPAddress.Parse("10.1.0.9"), IPAddress.Parse("fd00::9")],
            MacAddress = MacAddress.FromBytes([2, 0x15, 0x5d, 1, 2, 3]),
            Publish = s_publications,
            Aliases = ["db", "store"],
            Dns = s_dns,
            Routes = [new EndpointRoute(IPNetwork.Parse("10.9.0.0/16")), new EndpointRoute(IPNetwork.Parse("fd09::/64"), 100)],
            Bandwidth = new BandwidthLimits { IncomingRate = 1_000_000, IncomingBurst = 80_000, OutgoingRate = 2_000_000, OutgoingBurst = 90_000 },
            FailIfAttached = true,
            Owner = s_owner,
        },
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public void AttachRequest_IsReadAsItWasMeant(AttachRequest request) =>
        Assert.Equal(FairwayJson.Serialize(request), FairwayJson.Serialize(FairwayJson.ReadRequest<AttachRequest>(RequestWriter.Write(request))));

    [Fact]
    public void AttachRequest_OfTheseTests_HasEveryMember()
    {
        var full = Requests.Last().Data;
        Assert.All(typeof(AttachRequest).GetProperties().Where(member => member.CanWrite), member => Assert.False(
            member.GetValue(full) is null or false or ICollection { Count: 0 }, $"{member.Name} is not told: a writer that forgets it would pass"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("eth0", "web")]
    public void DetachRequest_IsReadAsItWasMeant(string? interfaceName, string? network)
    {
        var request = new DetachRequest(s_owner, interfaceName, network);
        Assert.Equal(FairwayJson.Serialize(request), FairwayJson.Serialize(FairwayJson.ReadRequest<DetachRequest>(RequestWriter.Write(request))));
    }

    [Fact]
    public void AttachResult_IsReadAsItWasWritten()
    {
        var result = new AttachResult(Guid.NewGuid(), "web-0", Guid.NewGuid(), "eth0", MacAddress.FromBytes([2, 0x15, 0x5d, 1, 2, 3]), 1500,
            [new EndpointAddress(IPAddress.Parse("10.1.0.9"), 16), new EndpointAddress(IPAddress.Parse("fd00::9"), 64)], [IPAddress.Parse("10.1.0.1")], s_dns, s_publications, 42);
        Assert.Equal(FairwayJson.Serialize(result), FairwayJson.Serialize(ResultReader.Read(FairwayJson.SerializeToUtf8(result))));
        var bare = new AttachResult(Guid.NewGuid(), "web-0", Guid.NewGuid(), "eth0", MacAddress.FromBytes([2, 0x15, 0x5d, 1, 2, 3]), 1500, [], [], DnsSettings.Empty, [], 42);
        Assert.Equal(FairwayJson.Serialize(bare), FairwayJson.Serialize(ResultReader.Read(FairwayJson.SerializeToUtf8(bare))));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"EndpointId": 7}""")]
    [InlineData("nonsense")]
    public void AttachResult_ThatIsNone_IsNoJson(string text) => Assert.ThrowsAny<JsonException>(() => ResultReader.Read(Encoding.UTF8.GetBytes(text)));
}
