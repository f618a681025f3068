using System.Net;
using CsCheck;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Ports;
using Fairway.Model.Validation;

namespace Fairway.Model.Tests.Validation;

public sealed class PublicationValidatorTests
{
    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"HostPort":0,"ContainerPort":80},{"HostPort":0,"ContainerPort":80}]""")]
    [InlineData("""[{"HostPort":1,"ContainerPort":1,"Count":65535}]""")]
    [InlineData("""[{"HostPort":80,"ContainerPort":80,"From":["10.0.0.0/8","fd00::/8"]}]""")]
    [InlineData("""[{"HostPort":80,"ContainerPort":80,"HostAddress":"0.0.0.0","From":["10.0.0.0/8"]}]""")]
    [InlineData("""[{"HostPort":80,"ContainerPort":80,"HostAddress":"127.0.0.1"},{"HostPort":80,"ContainerPort":80,"HostAddress":"::1"}]""")]
    public void Publications_Right_HaveNoFindings(string json) => Expect.Findings(PublicationValidator.Validate(FairwayJson.Deserialize<PortPublication[]>(json)));

    [Theory]
    [InlineData("""{"HostPort":80,"ContainerPort":0}""", HcnErrorCode.InvalidInternalPort, "$[0].ContainerPort: container port 0 is not a port; use 1 to 65535")]
    [InlineData("""{"HostPort":80,"ContainerPort":80,"Count":0}""", HcnErrorCode.InvalidPolicy, "$[0].Count: 0 ports cannot be published; use 1 to 65535")]
    [InlineData("""{"HostPort":80,"ContainerPort":80,"Count":-1}""", HcnErrorCode.InvalidPolicy, "$[0].Count: -1 ports cannot be published; use 1 to 65535")]
    [InlineData("""{"HostPort":80,"ContainerPort":80,"Count":2000000000}""", HcnErrorCode.InvalidPolicy, "$[0].Count: 2000000000 ports cannot be published; use 1 to 65535")]
    [InlineData("""{"HostPort":80,"ContainerPort":65530,"Count":7}""", HcnErrorCode.InvalidInternalPort, "$[0].Count: 7 ports from container port 65530 reach past 65535; use at most 6")]
    [InlineData("""{"HostPort":65530,"ContainerPort":80,"Count":7}""", HcnErrorCode.InvalidPolicy, "$[0].Count: 7 ports from host port 65530 reach past 65535; use at most 6")]
    [InlineData("""{"HostPort":0,"ContainerPort":80,"Count":2}""", HcnErrorCode.InvalidPolicy,
        "$[0].HostPort: free host ports are asked for one at a time; give a first host port or publish the ports singly")]
    [InlineData("""{"HostPort":80,"ContainerPort":80,"HostAddress":"224.0.0.1"}""", HcnErrorCode.AddressInvalidOrReserved,
        "$[0].HostAddress: host address 224.0.0.1 is a multicast or broadcast address; use an address of the host")]
    [InlineData("""{"HostPort":80,"ContainerPort":80,"HostAddress":"255.255.255.255"}""", HcnErrorCode.AddressInvalidOrReserved,
        "$[0].HostAddress: host address 255.255.255.255 is a multicast or broadcast address; use an address of the host")]
    [InlineData("""{"HostPort":80,"ContainerPort":80,"HostAddress":"ff02::1"}""", HcnErrorCode.AddressInvalidOrReserved,
        "$[0].HostAddress: host address ff02::1 is a multicast or broadcast address; use an address of the host")]
    [InlineData("""{"HostPort":80,"ContainerPort":80,"HostAddress":"fe80::1"}""", HcnErrorCode.AddressInvalidOrReserved,
        "$[0].HostAddress: host address fe80::1 is link-local, which names no single link; use a global address or leave it out")]
    [InlineData("""{"HostPort":80,"ContainerPort":80,"HostAddress":"192.0.2.1","From":["192.0.2.0/24","fd00::/8"]}""", HcnErrorCode.InvalidPrefix,
        "$[0].From[1]: source prefix fd00::/8 is of another family than host address 192.0.2.1; nobody it admits could reach that address")]
    [InlineData("""{"HostPort":80,"ContainerPort":80,"HostAddress":"127.0.0.1","From":["10.0.0.0/8"]}""", HcnErrorCode.InvalidPolicy,
        "$[0].From: a publication on 127.0.0.1 admits the host alone; leave the source prefixes out or publish on another address")]
    [InlineData("""{"HostPort":80,"ContainerPort":80},{"HostPort":81,"ContainerPort":81},{"HostPort":70,"ContainerPort":70,"Count":20,"HostAddress":"::1"}""", HcnErrorCode.PortAlreadyExists,
        "$[2].HostPort: publication [::1]:70-89:70-89 claims host ports of publication 80:80 in the same request; choose other host ports")]
    public void Publication_Wrong_SaysWhatAndWhere(string json, uint code, string expected) =>
        Expect.Finding(PublicationValidator.Validate(FairwayJson.Deserialize<PortPublication[]>($"[{json}]")), expected, code);

    [Fact]
    public void Publication_MadeInCode_IsCheckedToo()
    {
        var publication = new PortPublication
        {
            HostPort = 80,
            ContainerPort = 80,
            Protocol = (TransportProtocol)132,
            HostAddress = System.Net.IPAddress.Parse("::ffff:10.0.0.1"),
            From = [.. Enumerable.Repeat(System.Net.IPNetwork.Parse("fd00::/8"), 65)],
        };

        Expect.Findings(PublicationValidator.Validate([publication]),
            "$[0].Protocol: protocol 132 has no ports; use Tcp or Udp",
            "$[0].HostAddress: host address ::ffff:10.0.0.1 is an IPv4 address in IPv6 form; use 10.0.0.1",
            "$[0].From: 65 prefixes are too many; give at most 64");
    }

    [Fact]
    public void Publications_AreEachHeldAgainstTheFirstEarlierOneInTheirWay() => s_publication.Array[0, 12].Sample(publications =>
    {
        var expected = publications.Select((publication, index) => publications.Take(index).ToList().FindIndex(earlier => earlier.Overlaps(publication)));
        var found = PublicationValidator.Validate(publications).Where(finding => finding.HcnCode == HcnErrorCode.PortAlreadyExists).Select(finding => (finding.Path, finding.Message)).ToList();
        Assert.Equal(
            expected.Select((earlier, later) => (earlier, later)).Where(pair => pair.earlier >= 0).Select(pair => $"$[{pair.later}].HostPort: {PublicationText.Format(publications[pair.earlier])}"),
            found.Select(finding => $"{finding.Path}: {finding.Message.Split(' ')[^9]}"));
    });

    [Fact]
    public void TenThousandPublications_OfDifferentPorts_AreValid()
        => Assert.Empty(PublicationValidator.Validate([.. Enumerable.Range(1, 10_000).Select(port => new PortPublication { HostPort = (ushort)port, ContainerPort = 80 })]));

    private static readonly Gen<PortPublication> s_publication = Gen.Select(Gen.Int[0, 8], Gen.Int[1, 4], Gen.OneOfConst<IPAddress?>(null, IPAddress.Any, IPAddress.Loopback, IPAddress.IPv6Loopback), Gen.Bool,
        (port, count, address, udp) => new PortPublication
        {
            Protocol = udp ? TransportProtocol.Udp : TransportProtocol.Tcp,
            HostAddress = address,
            HostPort = (ushort)port,
            ContainerPort = 80,
            Count = port == 0 ? 1 : count,
        });
}
