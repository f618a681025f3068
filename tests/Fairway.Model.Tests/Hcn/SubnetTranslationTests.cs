using System.Net;
using System.Text;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;

namespace Fairway.Model.Tests.Hcn;

/// <summary>Subnets and parts of subnets: read, returned, changed.</summary>
public sealed class SubnetTranslationTests
{
    private const string Id = "71CD3B74-1A0A-447E-BF9E-3716C6652176";
    private const string Web = """
        {"ID":"9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8","Name":"web","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Comment":"x",
         "IpSubnets":[{"ID":"71CD3B74-1A0A-447E-BF9E-3716C6652176","IpAddressPrefix":"10.1.1.0/24","Flags":2,"Comment":"y"},{"IpAddressPrefix":"10.1.2.0/25"}]}]}]}
        """;

    [Fact]
    public void Parts_AreRead_AndReturned_WithIds()
    {
        var spec = Read(Web);
        Assert.Equal([(IPNetwork.Parse("10.1.1.0/24"), (Guid?)Guid.Parse(Id), true), (IPNetwork.Parse("10.1.2.0/25"), null, false)], spec.Subnets[0].Parts.Select(part => (part.Prefix, part.Id, part.ReservesFirst)));

        var subnet = Written(spec).Ipams![0].Subnets![0];
        Assert.Equal((SubnetIdentity.Of(spec.Id, spec.Subnets[0]), "x"), (subnet.Id, subnet.Unknown!["Comment"].GetString()));
        Assert.Equal(["10.1.1.0/24 2 y", "10.1.2.0/25 0 "], subnet.IpSubnets!.Select(part => $"{part.IpAddressPrefix} {(uint)part.Flags!} {part.Unknown?["Comment"].GetString()}"));
        Assert.Equal(Guid.Parse(Id), subnet.IpSubnets![0].Id);
        // Ids that nobody gave are the same each time, and when the document is sent again.
        Assert.Equal(subnet.IpSubnets[1].Id, Written(spec with { Document = null }).Ipams![0].Subnets![0].IpSubnets![1].Id);
        Assert.NotEqual(Guid.Empty, subnet.IpSubnets[1].Id);
        Assert.NotEqual(subnet.Id, Written(spec with { Id = Guid.NewGuid() }).Ipams![0].Subnets![0].Id);
        var again = Read(HcnJson.Write(Written(spec)));
        Assert.Equal(HcnJson.Write(Written(spec)), HcnJson.Write(Written(again)));
    }

    [Fact]
    public void Subnet_IsAdded_WithAllThatWasSent_AndRemovedAgain()
    {
        var spec = Read(Web);
        var added = Change("Add", "Subnet", """{"Subnets":[{"IpAddressPrefix":"10.9.0.0/24","Comment":"z","Routes":[{"NextHop":"10.9.0.254","DestinationPrefix":"0.0.0.0/0"}]},{"IpAddressPrefix":"fd09::/64"}]}""", spec);
        Assert.Equal(["10.1.0.0/16", "10.9.0.0/24", "fd09::/64"], added.Subnets.Select(subnet => $"{subnet.Prefix}"));
        Assert.Equal(IPAddress.Parse("10.9.0.254"), added.Subnets[1].Gateway);
        Assert.Equal(["x", "z", null], Written(added).Ipams![0].Subnets!.Select(subnet => subnet.Unknown?["Comment"].GetString()));

        var shown = Written(added).Ipams![0].Subnets![1].Id;
        var removed = Change("Remove", "Subnet", $$"""{"Subnets":[{"ID":"{{shown}}"},{"IpAddressPrefix":"fd09::/64"}]}""", added);
        Assert.Equal(["10.1.0.0/16"], removed.Subnets.Select(subnet => $"{subnet.Prefix}"));
        Assert.Equal(["x"], Written(removed).Ipams!.SelectMany(ipam => ipam.Subnets!).Select(subnet => subnet.Unknown?["Comment"].GetString()));
    }

    [Fact]
    public void Subnet_OfANetworkMadeElsewhere_IsAddedBehindTheOthers()
    {
        var spec = new NetworkSpec { Id = Guid.NewGuid(), Name = "web", Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/16"), IPAddress.Parse("10.1.0.1"))] };
        var added = Change("Add", "Subnet", """{"Subnets":[{"IpAddressPrefix":"10.9.0.0/24","Comment":"z"}]}""", spec);
        Assert.Equal(["10.1.0.0/16", "10.9.0.0/24"], Written(added).Ipams!.SelectMany(ipam => ipam.Subnets!).Select(subnet => subnet.IpAddressPrefix));
    }

    [Fact]
    public void Subnet_IsUpdated_AndKeepsWhatIsNotGiven()
    {
        var spec = Read("""{"Name":"web","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Comment":"x","Routes":[{"NextHop":"10.1.0.1","DestinationPrefix":"0.0.0.0/0"}]}]}]}""");
        var updated = Change("Update", "Subnet", """{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Routes":[{"NextHop":"192.0.2.1","DestinationPrefix":"203.0.113.0/24"}]}]}""", spec);
        Assert.Equal([new SwitchRoute(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("192.0.2.1"))], updated.Subnets[0].Routes);
        var written = Written(updated).Ipams![0].Subnets![0];
        Assert.Equal(("x", "0.0.0.0/0,203.0.113.0/24"), (written.Unknown!["Comment"].GetString(), string.Join(',', written.Routes!.Select(route => route.DestinationPrefix))));
        Assert.Equal(spec.Subnets[0].Gateway, updated.Subnets[0].Gateway);

        var parts = Change("Update", "Subnet", """{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16","IpSubnets":[{"IpAddressPrefix":"10.1.7.0/24"}]}]}""", updated);
        Assert.Equal((1, 1), (parts.Subnets[0].Parts.Length, parts.Subnets[0].Routes.Length));
    }

    [Fact]
    public void Parts_AreAdded_Removed_AndReplaced()
    {
        var spec = Read(Web);
        var subnet = SubnetIdentity.Of(spec.Id, spec.Subnets[0]);
        var added = Change("Add", "IPSubnet", $$"""{"SubnetId":"{{subnet}}","IpSubnets":[{"IpAddressPrefix":"10.1.3.0/24","Comment":"w"}]}""", spec);
        Assert.Equal(["10.1.1.0/24", "10.1.2.0/25", "10.1.3.0/24"], added.Subnets[0].Parts.Select(part => $"{part.Prefix}"));
        Assert.Equal("w", Written(added).Ipams![0].Subnets![0].IpSubnets![2].Unknown!["Comment"].GetString());
        var removed = Change("Remove", "IPSubnet", $$"""{"SubnetId":"{{subnet}}","IpSubnets":[{"ID":"{{Id}}"},{"IpAddressPrefix":"10.1.2.0/25"}]}""", added);
        Assert.Equal(["10.1.3.0/24"], removed.Subnets[0].Parts.Select(part => $"{part.Prefix}"));
        Assert.Equal("w", Written(removed).Ipams![0].Subnets![0].IpSubnets!.Single().Unknown!["Comment"].GetString());
        Assert.Empty(Change("Update", "IPSubnet", $$"""{"SubnetId":"{{subnet}}","IpSubnets":[]}""", removed).Subnets[0].Parts);
    }

    [Theory]
    [InlineData("Add", "Subnet", """{"Subnets":[{"IpAddressPrefix":"10.9.0.1/24"}]}""", HcnErrorCode.InvalidPrefix, "$.Settings.Subnets[0].IpAddressPrefix: '10.9.0.1/24' has host bits set; write 10.9.0.0/24")]
    [InlineData("Add", "Subnet", """{"Subnets":[{"IpAddressPrefix":"10.9.0.0/24","Policies":[{"Type":"VLAN","Settings":{"IsolationId":5}}]}]}""", HcnErrorCode.InvalidPolicy, "$.Settings.Subnets: network 'web' is on no VLAN, as all its subnets are; leave the policy VLAN out")]
    [InlineData("Remove", "Subnet", """{"Subnets":[{"IpAddressPrefix":"10.9.0.0/24"}]}""", HcnErrorCode.SubnetNotFound, "$.Settings.Subnets[0].IpAddressPrefix: network 'web' has no subnet 10.9.0.0/24; it has 10.1.0.0/16")]
    [InlineData("Remove", "Subnet", """{"Subnets":[{"ID":"71CD3B74-1A0A-447E-BF9E-3716C6652176"}]}""", HcnErrorCode.SubnetNotFound, "$.Settings.Subnets[0].ID: network 'web' has no subnet with id 71cd3b74-1a0a-447e-bf9e-3716c6652176; give one that the network shows")]
    [InlineData("Remove", "Subnet", """{"Subnets":[{}]}""", HcnErrorCode.InvalidPrefix, "$.Settings.Subnets[0].IpAddressPrefix: the subnet has neither id nor prefix; give one of them")]
    [InlineData("Update", "Subnet", """{"Subnets":[{"ID":"SUBNET","IpAddressPrefix":"10.9.0.0/24"}]}""", HcnErrorCode.InvalidSubnet, "$.Settings.Subnets[0].IpAddressPrefix: subnet 10.1.0.0/16 cannot become 10.9.0.0/24; add that one, and remove this one when it is without endpoints")]
    [InlineData("Update", "Subnet", """{"Subnets":[{"ID":"SUBNET","Routes":[{"NextHop":"10.1.0.9","DestinationPrefix":"0.0.0.0/0"}]}]}""", HcnErrorCode.RequestUnsupported, "$.Settings.Subnets[0].Routes: subnet 10.1.0.0/16 has gateway 10.1.0.1 while it is there, not 10.1.0.9; leave the default route out")]
    [InlineData("Add", "IPSubnet", """{"IpSubnets":[{"IpAddressPrefix":"10.1.1.0/24"}]}""", HcnErrorCode.SubnetNotFound, "$.Settings.SubnetId: the request names no subnet; give its id, which the network shows")]
    [InlineData("Add", "IPSubnet", """{"SubnetId":"71CD3B74-1A0A-447E-BF9E-3716C6652176","IpSubnets":[{"IpAddressPrefix":"10.1.1.0/24"}]}""", HcnErrorCode.SubnetNotFound, "$.Settings.SubnetId: network 'web' has no subnet with id 71cd3b74-1a0a-447e-bf9e-3716c6652176; give one that the network shows")]
    [InlineData("Add", "IPSubnet", """{"SubnetId":"SUBNET","IpSubnets":[{"IpAddressPrefix":"x"}]}""", HcnErrorCode.InvalidPrefix, "$.Settings.IpSubnets[0].IpAddressPrefix: 'x' is not a prefix: 'x' is not an IP address")]
    [InlineData("Remove", "IPSubnet", """{"SubnetId":"SUBNET","IpSubnets":[{"IpAddressPrefix":"10.1.1.0/24"}]}""", HcnErrorCode.InvalidIpSubnet, "$.Settings.IpSubnets[0].IpAddressPrefix: subnet 10.1.0.0/16 has no part 10.1.1.0/24; it has none")]
    [InlineData("Remove", "IPSubnet", """{"SubnetId":"SUBNET","IpSubnets":[{"ID":"71CD3B74-1A0A-447E-BF9E-3716C6652176"}]}""", HcnErrorCode.InvalidIpSubnet, "$.Settings.IpSubnets[0].ID: subnet 10.1.0.0/16 has no part with id 71cd3b74-1a0a-447e-bf9e-3716c6652176; give one that the network shows")]
    public void Change_ThatCannotBe_SaysWhatAndWhere(string type, string resource, string settings, uint code, string expected)
    {
        var spec = Read("""{"ID":"9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8","Name":"web","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.1.0.0/16"}]}]}""");
        spec = spec with { Subnets = [spec.Subnets[0] with { Gateway = IPAddress.Parse("10.1.0.1") }] };
        var error = Assert.Throws<FairwayException>(() => Change(type, resource, settings.Replace("SUBNET", $"{SubnetIdentity.Of(spec.Id, spec.Subnets[0])}", StringComparison.Ordinal), spec));
        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Fact]
    public void NameService_IsReplaced_AndReset()
    {
        var spec = Read("""{"Name":"web","Dns":{"Domain":"old","ServerList":["192.0.2.1"]}}""");
        var updated = Change("Update", "DNS", """{"Domain":"corp","Search":["a","b"],"Comment":"x"}""", spec);
        Assert.Equal(("corp", "a b", 0), (updated.Dns.Domain, string.Join(' ', updated.Dns.Search), updated.Dns.Servers.Length));
        Assert.Equal(("corp", "x"), (Written(updated).Dns!.Domain, Written(updated).Dns!.Unknown!["Comment"].GetString()));
        var reset = NetworkModification.Read("""{"RequestType":"Reset","ResourceType":"DNS"}"""u8).For(updated);
        Assert.Equal((null, true), (reset.Dns.Domain, Written(reset).Dns is null));
        var wrong = Request("Update", "DNS", """{"ServerList":["x"]}""");
        wrong.For(spec);
        Assert.Equal("$.Settings.ServerList[0]", wrong.Explain(new FairwayException(ErrorKind.InvalidArgument, "x", "x") { Findings = [new Finding("$.Dns.Servers[0]", "x", null)] }).Findings[0].Path);
    }

    [Fact]
    public void Answer_AboutTheSpec_NamesTheRequestsMembers()
    {
        var change = Request("Add", "Subnet", """{"Subnets":[{"IpAddressPrefix":"10.9.0.0/24","IpSubnets":[{"IpAddressPrefix":"10.9.0.0/25"}]}]}""");
        change.For(Read(Web));
        foreach (var (path, expected) in ((string, string)[])[("$.Subnets[1].Prefix", "$.Settings.Subnets[0].IpAddressPrefix"), ("$.Subnets[1].Parts[0].Prefix", "$.Settings.Subnets[0].IpSubnets[0].IpAddressPrefix")])
            Assert.Equal(expected, change.Explain(new FairwayException(ErrorKind.Conflict, "x", "x") { Findings = [new Finding(path, "x", null)] }).Findings[0].Path);
    }

    [Fact]
    public void Endpoint_AsksForAddressesOfAPart_AndIsToldWhichItIsIn()
    {
        var network = new Network(Read(Web), 1, 1500, 1);
        var spec = ReadEndpoint($$"""{"IpConfigurations":[{"IpSubnetId":"{{Id}}"}]}""", network);
        Assert.Equal((IPNetwork.Parse("10.1.1.0/24"), true), (Assert.Single(spec.Parts), spec.Addresses.IsEmpty));
        var stored = SampleTests.Stored(spec) with { Addresses = [new EndpointAddress(IPAddress.Parse("10.1.1.7"), 16)] };
        Assert.Equal(("10.1.1.7", Guid.Parse(Id)), (HcnEndpointTranslation.ToDocument(stored, network).IpConfigurations![0].IpAddress, HcnEndpointTranslation.ToDocument(stored, network).IpConfigurations![0].IpSubnetId));

        Assert.Equal([IPAddress.Parse("10.1.1.9")], ReadEndpoint($$"""{"IpConfigurations":[{"IpAddress":"10.1.1.9","IpSubnetId":"{{Id}}"}]}""", network).Addresses);
        Refuses($$"""{"IpConfigurations":[{"IpAddress":"10.1.2.9","IpSubnetId":"{{Id}}"}]}""", "$.IpConfigurations[0].IpSubnetId: address 10.1.2.9 is not in part 10.1.1.0/24, which the id names; leave one of both out");
        Refuses($$"""{"IpConfigurations":[{"IpSubnetId":"{{Id}}"},{"IpSubnetId":"{{SubnetIdentity.Of(network.Spec.Id, network.Spec.Subnets[0].Prefix, network.Spec.Subnets[0].Parts[1])}}"}]}""",
            "$.IpConfigurations[1].IpSubnetId: part 10.1.2.0/25 is the second one of its subnet; ask for one address of each subnet");

        void Refuses(string json, string expected)
        {
            var error = Assert.Throws<FairwayException>(() => ReadEndpoint(json, network));
            Assert.Equal((expected, HcnErrorCode.InvalidIpSubnet), ($"{error.Findings[0].Path}: {error.Findings[0].Message}", error.Findings[0].HcnCode!.Value));
        }
    }

    private static NetworkSpec Change(string type, string resource, string settings, NetworkSpec present) => Request(type, resource, settings).For(present);

    private static NetworkModification Request(string type, string resource, string settings) =>
        NetworkModification.Read(Encoding.UTF8.GetBytes($$"""{"RequestType":"{{type}}","ResourceType":"{{resource}}","Settings":{{settings}}}"""));

    private static NetworkSpec Read(string json) => HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(Encoding.UTF8.GetBytes(json)));

    private static EndpointSpec ReadEndpoint(string json, Network network) => HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), network);

    private static HostComputeNetwork Written(NetworkSpec spec) => HcnNetworkTranslation.ToDocument(new Network(spec, 1, 1500, 1));
}
