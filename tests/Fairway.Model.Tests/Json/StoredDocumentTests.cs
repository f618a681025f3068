using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Changes;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Flows;
using Fairway.Model.Health;
using Fairway.Model.Json;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Model.Statistics;

namespace Fairway.Model.Tests.Json;

public sealed class StoredDocumentTests
{
    private static readonly Guid s_id = Guid.Parse("7f0c3f52-2f0d-4a0e-9d3f-0c1d2e3f4a5b");

    private static readonly PortPublication s_publication = new()
    {
        Protocol = TransportProtocol.Udp,
        HostAddress = IPAddress.Parse("fd00::1"),
        HostPort = 8000,
        ContainerPort = 9000,
        Count = 3,
        From = [IPNetwork.Parse("fd00::/8")],
    };

    private static readonly DnsSettings s_dns = new("corp.example", ["corp.example", "example"], ["10.0.0.53"], ["ndots:2"]);

    private static readonly Owner s_owner = new("docker", "0123abcd", "shop", "shop:1",
        ImmutableDictionary<string, string>.Empty.Add("com.example.tier", "front"));

    private static readonly EndpointSpec s_endpoint = new()
    {
        Id = s_id,
        Name = "c1",
        NetworkId = s_id,
        NamespaceId = s_id,
        InterfaceName = "net1",
        Addresses = [IPAddress.Parse("10.1.0.2"), IPAddress.Parse("fd00::2")],
        MacAddress = new MacAddress(0x02155d010203),
        Publications = [s_publication],
        Aliases = ["shop"],
        Dns = s_dns,
        Owner = s_owner,
        Document = """{"Name":"c1"}""",
    };

    private static readonly NetworkSpec s_network = new()
    {
        Id = s_id,
        Name = "web",
        Type = NetworkType.Internal,
        Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/16"), IPAddress.Parse("10.1.0.1"), IPNetwork.Parse("10.1.128.0/17"))],
        Mtu = 1400,
        Dns = s_dns,
    };

    private static readonly NamespaceSpec s_namespace = new()
    {
        Id = s_id,
        Name = "c1",
        Path = "/run/netns/fairway-c1",
        Owned = true,
        Cookie = ulong.MaxValue,
        CompartmentId = 2,
    };

    public static TheoryData<object> Documents =>
    [
        s_network,
        new Network(s_network, 7, 1400, 12),
        s_endpoint,
        new Endpoint(s_endpoint, 3, 9, new MacAddress(0x02155d010203), [new EndpointAddress(IPAddress.Parse("10.1.0.2"), 16)],
            EndpointState.Degraded, "the interface name is taken", 12),
        s_namespace,
        new NetworkNamespace(s_namespace, [s_id], 5),
        new AttachRequest
        {
            Network = "web",
            Endpoint = "c1",
            NetnsPath = "/proc/12/ns/net",
            InterfaceName = "eth3",
            Addresses = [IPAddress.Parse("10.1.0.9")],
            MacAddress = new MacAddress(1),
            Publish = [s_publication],
            Aliases = ["a"],
            Dns = s_dns,
            FailIfAttached = true,
            Owner = s_owner,
        },
        new AttachResult(s_id, "c1", s_id, "eth0", new MacAddress(5), 1500, [new EndpointAddress(IPAddress.Parse("fd00::2"), 64)],
            [IPAddress.Parse("fd00::1")], s_dns, [s_publication], 4),
        new DetachRequest(s_owner, "eth0", "web"),
        s_publication,
        new PublishedPort(s_id, "c1", "web", s_publication),
        s_dns,
        s_owner,
        new PortStatistics(1, 2, 3, 4, 5, ulong.MaxValue),
        new FlowEvent(DateTimeOffset.UnixEpoch, FlowEventKind.Drop, DropReason.Unpublished, 6, IPAddress.Parse("192.0.2.1"), 40000,
            IPAddress.Parse("10.1.0.2"), 80, "web", null, "c1", 74, 2),
        new Change(12, ResourceKind.Endpoint, ChangeKind.Attached, s_id, "c1"),
        new Finding("$.Mtu", "too small", 0x803b000a),
        new HealthDocument(HealthStatus.Degraded, "0.1.0", "fairway", 12, DateTimeOffset.UnixEpoch, "net:[4026531840]", 1, 2, 3, ["something"], [new Repair(DateTimeOffset.UnixEpoch, "the interface of endpoint 'c1'")]),
        new CreateEndpointRequest { Network = "web", Namespace = "c1", Publications = [s_publication], Dns = s_dns, Owner = s_owner },
        new AttachEndpointRequest { NetnsPath = "/run/netns/x", InterfaceName = "eth0" },
        new ErrorDocument("no", 1, ErrorKind.Conflict, "network 'web'", [new Finding("$", "no")]),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_WrittenAndRead_IsTheSame(object document)
    {
        string json = Write(document);

        object back = JsonSerializer.Deserialize(json, FairwayJson.Options.GetTypeInfo(document.GetType()))!;

        Assert.Equal(json, Write(back));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_WithMembersOfANewerRelease_IsRead(object document)
    {
        string json = Write(document);
        string newer = json.Replace("{", """{"FromTheFuture":[{"A":1}],""", StringComparison.Ordinal)
            .Replace("""{"FromTheFuture":[{"A":1}],}""", "{}", StringComparison.Ordinal)
            .Replace("\"Labels\":{\"FromTheFuture\":[{\"A\":1}],", "\"Labels\":{", StringComparison.Ordinal);
        if (document is EndpointSpec or Endpoint) newer = newer.Replace("""{"FromTheFuture":[{"A":1}],\"Name""", """{\"Name""", StringComparison.Ordinal);

        object back = JsonSerializer.Deserialize(newer, FairwayJson.Options.GetTypeInfo(document.GetType()))!;

        Assert.Equal(Write(back), Write(JsonSerializer.Deserialize(json, FairwayJson.Options.GetTypeInfo(document.GetType()))!));
    }

    [Fact]
    public void EndpointSpec_OfAnOlderRelease_HasDefaultsForWhatIsMissing()
    {
        var spec = FairwayJson.Deserialize<EndpointSpec>("""{"NetworkId":"7f0c3f52-2f0d-4a0e-9d3f-0c1d2e3f4a5b"}""");

        Assert.Equal("eth0", spec.InterfaceName);
        Assert.Same(DnsSettings.Empty, spec.Dns);
        Assert.Empty(spec.Addresses);
        Assert.Empty(spec.Publications);
        Assert.Empty(spec.Aliases);
    }

    [Fact]
    public void NetworkSpec_OfAnOlderRelease_HasDefaultsForWhatIsMissing()
    {
        var spec = FairwayJson.Deserialize<NetworkSpec>("""{"Name":"web"}"""u8);

        Assert.Equal(NetworkType.Nat, spec.Type);
        Assert.Empty(spec.Subnets);
        Assert.Null(spec.Mtu);
        Assert.Same(DnsSettings.Empty, spec.Dns);
    }

    [Fact]
    public void PositionalRecords_OfAnOlderRelease_HaveEmptyArrays()
    {
        Assert.Empty(FairwayJson.Deserialize<DnsSettings>("{}").Servers);
        Assert.Empty(FairwayJson.Deserialize<AttachResult>("{}").Gateways);
        Assert.Same(DnsSettings.Empty, FairwayJson.Deserialize<AttachResult>("{}").Dns);
        Assert.Empty(FairwayJson.Deserialize<HealthDocument>("{}").Problems);
        Assert.Empty(FairwayJson.Deserialize<Endpoint>("{}").Addresses);
        Assert.Empty(FairwayJson.Deserialize<ErrorDocument>("{}").Findings);
        Assert.Empty(FairwayJson.Deserialize<NetworkNamespace>("{}").Endpoints);
    }

    [Fact]
    public void PortPublication_WithPortsOnly_IsOneTcpPort()
    {
        var publication = FairwayJson.Deserialize<PortPublication>("""{"HostPort":80,"ContainerPort":8080}""");

        Assert.Equal((TransportProtocol.Tcp, 1), (publication.Protocol, publication.Count));
        Assert.Empty(publication.From);
    }

    [Theory]
    [InlineData("\"udp\"", TransportProtocol.Udp)]
    [InlineData("\"TCP\"", TransportProtocol.Tcp)]
    [InlineData("17", TransportProtocol.Udp)]
    public void Enum_IsReadByNameInAnyCaseAndByNumber(string json, TransportProtocol expected) =>
        Assert.Equal(expected, FairwayJson.Deserialize<PortPublication>($$"""{"HostPort":80,"ContainerPort":80,"Protocol":{{json}}}""").Protocol);

    [Fact]
    public void Text_IsWrittenReadably()
    {
        string json = FairwayJson.Serialize(new Finding("$.Name", "network 'web' exists"));

        Assert.Equal("""{"Path":"$.Name","Message":"network 'web' exists","HcnCode":null}""", json);
        Assert.Equal(json, Encoding.UTF8.GetString(FairwayJson.SerializeToUtf8(new Finding("$.Name", "network 'web' exists"))));
    }

    [Fact]
    public void ErrorDocument_OfAnException_ComesBackAsTheSameException()
    {
        var thrown = new FairwayException(ErrorKind.NotFound, "network 'web'", "show network 'web': no such network")
        {
            Findings = [new Finding("$", "x")],
        };

        ErrorDocument document = ErrorDocument.From(thrown);
        FairwayException back = FairwayJson.Deserialize<ErrorDocument>(FairwayJson.Serialize(document)).ToException();

        Assert.False(document.Success);
        Assert.Equal(HcnErrorCode.ElementNotFound, document.ErrorCode);
        Assert.Equal((thrown.Kind, thrown.Subject, thrown.Message), (back.Kind, back.Subject, back.Message));
        Assert.Equal(thrown.Findings.AsEnumerable(), back.Findings);
    }

    private static string Write(object document) => JsonSerializer.Serialize(document, FairwayJson.Options.GetTypeInfo(document.GetType()));
}
