using System.Text;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;

namespace Fairway.Model.Tests.Hcn;

public sealed class NetworkTranslationTests
{
    private const string Subnet = """ "IpAddressPrefix":"10.1.0.0/16" """;

    [Theory]
    [InlineData("\"Type\":\"Nat\"", NetworkType.Nat)]
    [InlineData("\"Type\":0", NetworkType.Nat)]
    [InlineData("\"Type\":\"0\"", NetworkType.Nat)]
    [InlineData("\"Type\":null", NetworkType.Nat)]
    [InlineData("\"Owner\":\"me\"", NetworkType.Nat)]
    [InlineData("\"Type\":\"PRIVATE\"", NetworkType.Private)]
    [InlineData("\"Type\":6", NetworkType.Private)]
    [InlineData("\"type\":7", NetworkType.Internal)]
    public void Type_ByNameOrNumberOrMissing_IsRead(string member, NetworkType expected) => Assert.Equal(expected, Read($$"""{"Name":"web",{{member}}}""").Type);

    [Theory]
    [InlineData("\"Flags\":0")]
    [InlineData("\"Flags\":17")]
    [InlineData("\"Flags\":\"17\"")]
    [InlineData("\"Flags\":\"EnableDns, enablepersistent\"")]
    [InlineData("\"Flags\":\"None\"")]
    [InlineData("\"Flags\":null")]
    [InlineData("\"Type\":\"Internal\",\"Policies\":[{\"Type\":\"AutomaticDNS\",\"Settings\":{\"Enable\":true}}]")]
    [InlineData("\"Type\":\"Internal\",\"Policies\":[{\"Type\":6,\"Settings\":{\"Enable\":true}}]")]
    [InlineData("\"Type\":\"Private\",\"Policies\":[{\"Type\":\"AutomaticDNS\",\"Settings\":{}}]")]
    [InlineData("\"Ipams\":[{\"Subnets\":[]},{}]")]
    [InlineData("\"Ipams\":[{\"Subnets\":[{\"IpAddressPrefix\":\"10.1.0.0/16\",\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"0.0.0.0\"}]}]}]")]
    [InlineData("\"AdditionalParams\":null")]
    [InlineData("\"AdditionalParams\":{\"ICSFlags\":0}")]
    [InlineData("\"SchemaVersion\":{}")]
    [InlineData("\"SchemaVersion\":{\"Major\":0,\"Minor\":0}")]
    [InlineData("\"Subnets\":null")]
    public void Document_Honoured_BecomesASpec(string members) => Assert.Equal("web", Read($$"""{"Name":"web",{{members}}}""").Name);

    [Theory]
    [InlineData("\"Type\":\"Overlay\"", HcnErrorCode.InvalidSubnet, "$.Ipams: an overlay network has its subnets in common with other hosts; give them, each with its virtual subnet id")]
    [InlineData("\"Type\":\"ICS\"", HcnErrorCode.InvalidNetworkType, "$.Type: networks of type ICS do not exist in Fairway, which shares no connection by the service Windows has for it; use NAT, whose networks have a way out and a resolver")]
    [InlineData("\"Type\":\"Layered\"", HcnErrorCode.InvalidNetworkType, "$.Type: networks of type Layered do not exist in Fairway, whose networks stand beside each other; use the type of the network below")]
    [InlineData("\"Flags\":8", HcnErrorCode.RequestUnsupported, "$.Flags: flag EnableNonPersistent (8) is not honoured by this release, which keeps every network until it is deleted; leave it out")]
    [InlineData("\"Flags\":1024", HcnErrorCode.RequestUnsupported, "$.Flags: flag DisableHostPort (1024) is not honoured by this release; use type Private for a network without the host")]
    [InlineData("\"Flags\":\"EnableIov\"", HcnErrorCode.RequestUnsupported, "$.Flags: flag EnableIov (8192) is not honoured by this release; leave it out")]
    [InlineData("\"Flags\":2147483648", HcnErrorCode.RequestUnsupported, "$.Flags: flag 2147483648 is not honoured by this release; leave it out")]
    [InlineData("\"Type\":\"Private\",\"Flags\":1", HcnErrorCode.RequestUnsupported, null)]
    [InlineData("\"Policies\":[{\"Type\":\"VxlanPort\",\"Settings\":{\"Port\":4789}}]", HcnErrorCode.InvalidPolicyType, "$.Policies[0].Type: policies of type VxlanPort are not honoured by this release; networks have AutomaticDNS, NetAdapterName, InterfaceConstraint, NetworkACL, SetPolicy and OutBoundNAT")]
    [InlineData("\"Policies\":[{\"Settings\":{}}]", HcnErrorCode.InvalidPolicyType, "$.Policies[0].Type: the policy has no type; networks have AutomaticDNS, NetAdapterName, InterfaceConstraint, NetworkACL, SetPolicy and OutBoundNAT")]
    [InlineData("\"Policies\":[{\"Type\":\"AutomaticDNS\",\"Settings\":{\"Enable\":false}}]", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Enable: the network's resolver cannot be switched off; leave the policy out")]
    [InlineData("\"Policies\":[{\"Type\":\"AutomaticDNS\"}]", HcnErrorCode.InvalidJson, "$.Policies[0].Settings: the settings are missing; give them")]
    [InlineData("\"Policies\":[{\"Type\":\"AutomaticDNS\",\"Settings\":{\"Enable\":\"yes\"}}]", HcnErrorCode.InvalidJson, "$.Policies[0].Settings.Enable: the value is not true or false")]
    [InlineData("\"Type\":\"Private\",\"Policies\":[{\"Type\":\"AutomaticDNS\",\"Settings\":{\"Enable\":true}}]", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.Enable: a network of type Private has no resolver; leave the policy out or use type Internal")]
    [InlineData("\"MacPool\":{\"Ranges\":[{\"StartMacAddress\":\"x\",\"EndMacAddress\":\"00-15-5D-52-CF-FF\"}]}", HcnErrorCode.InvalidNetwork, "$.MacPool.Ranges[0].StartMacAddress: 'x' is not a MAC address; write six octets like 00-15-5D-52-C0-00")]
    [InlineData("\"MacPool\":{\"Ranges\":[{\"StartMacAddress\":\"00-15-5D-52-CF-FF\",\"EndMacAddress\":\"00-15-5D-52-C0-00\"}]}", HcnErrorCode.InvalidNetwork, "$.MacPool.Ranges[0]: the range of MACs ends at 00:15:5d:52:c0:00, before it starts at 00:15:5d:52:cf:ff; swap the two")]
    [InlineData("\"Ipams\":[{\"Type\":\"DHCP\"}]", HcnErrorCode.RequestUnsupported, "$.Ipams[0].Type: a network of type Nat has no addresses by DHCP, which needs a MAC for each endpoint; leave it out, or use type Transparent")]
    [InlineData("\"Dns\":{\"ServerList\":[\"dns\"]}", HcnErrorCode.InvalidIp, "$.Dns.ServerList[0]: the name server 'dns' is not an IP address")]
    [InlineData("\"Dns\":{\"Search\":[\"a b\"]}", null, "$.Dns.Search[0]: the domain 'a b' is not a DNS name; join labels of 1 to 63 of A-Z, a-z, 0-9, '-' and '_' by dots")]
    [InlineData("\"AdditionalParams\":{\"Mtu\":100}", HcnErrorCode.InvalidNetwork, "$.AdditionalParams.Mtu: an MTU of 100 bytes is out of range; use 1280 to 65535 (IPv6 needs 1280), or leave it out to follow the uplink")]
    [InlineData("\"AdditionalParams\":{\"ICSFlags\":3}", HcnErrorCode.RequestUnsupported, "$.AdditionalParams.ICSFlags: ICS flags 3 are not honoured by this release; leave them out")]
    [InlineData("\"AdditionalParams\":7", HcnErrorCode.InvalidJson, "$.AdditionalParams: the value is not an object")]
    [InlineData("\"SchemaVersion\":{\"Major\":3,\"Minor\":1}", HcnErrorCode.RequestUnsupported, "$.SchemaVersion: schema version 3.1 is not known; use 2.0 to 2.16")]
    [InlineData("\"SchemaVersion\":{\"Major\":2},\"Subnets\":[]", HcnErrorCode.InvalidJson, "$.Subnets: Subnets belongs to schema 1 and the document is of schema 2; write Ipams[].Subnets")]
    public void Document_NotHonoured_IsRefusedInWords(string members, uint? code, string? expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{"Name":"web",{{members}}}"""));

        Assert.Equal(expected ?? "$.Flags: flag EnableDns (1) is not honoured on networks of this type, which have no resolver; leave it out",
            string.Join('\n', error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"))
                // An alias of the same number may be named instead.
                .Replace("EnableDnsProxy", "EnableDns", StringComparison.Ordinal));
        Assert.Equal(code, error.Findings[0].HcnCode);
        Assert.StartsWith("create network 'web': $.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", HcnErrorCode.InvalidPrefix, ".IpAddressPrefix: the subnet has no prefix; give one, or leave Ipams out to have one chosen")]
    [InlineData("\"IpAddressPrefix\":\"10.1.2.3/16\"", HcnErrorCode.InvalidPrefix, ".IpAddressPrefix: '10.1.2.3/16' has host bits set; write 10.1.0.0/16")]
    [InlineData("\"IpAddressPrefix\":\"127.0.0.0/8\"", HcnErrorCode.InvalidPrefix, ".IpAddressPrefix: subnet 127.0.0.0/8 contains addresses of 127.0.0.0/8, reserved for loopback; choose another prefix")]
    [InlineData(Subnet + ",\"Flags\":1", HcnErrorCode.RequestUnsupported, ".Flags: flag DoNotReserveGatewayAddress (1) is not honoured by this release; leave it out")]
    [InlineData(Subnet + ",\"Policies\":[{\"Type\":\"VLAN\",\"Settings\":{\"IsolationId\":5}}]", HcnErrorCode.InvalidNetwork, ".Policies[0].Settings.IsolationId: a network of type Nat has no VLAN; leave it out, or use type Transparent or L2Bridge")]
    [InlineData(Subnet + ",\"Policies\":[{\"Type\":\"VSID\",\"Settings\":{\"IsolationId\":5000}}]", HcnErrorCode.InvalidPolicyType, ".Policies[0].Type: policies of type VSID are not honoured by this release; subnets have VLAN")]
    [InlineData(Subnet + ",\"IpSubnets\":[{}]", HcnErrorCode.InvalidPrefix, ".IpSubnets[0].IpAddressPrefix: the part has no prefix; give one inside its subnet")]
    [InlineData(Subnet + ",\"IpSubnets\":[{\"IpAddressPrefix\":\"10.2.0.0/24\"}]", HcnErrorCode.InvalidIpSubnet, ".IpSubnets[0].IpAddressPrefix: part 10.2.0.0/24 is not inside subnet 10.1.0.0/16; choose a part of it")]
    [InlineData(Subnet + ",\"IpSubnets\":[{\"IpAddressPrefix\":\"10.1.0.0/32\"}]", HcnErrorCode.InvalidIpSubnet, ".IpSubnets[0].IpAddressPrefix: part 10.1.0.0/32 holds no address an endpoint could get; choose a larger part of subnet 10.1.0.0/16")]
    [InlineData(Subnet + ",\"IpSubnets\":[{\"IpAddressPrefix\":\"10.1.1.0/24\"},{\"IpAddressPrefix\":\"10.1.1.128/25\"}]", HcnErrorCode.InvalidIpSubnet, ".IpSubnets[1].IpAddressPrefix: part 10.1.1.128/25 overlaps part 10.1.1.0/24 of the same subnet; choose another prefix")]
    [InlineData(Subnet + ",\"IpSubnets\":[{\"IpAddressPrefix\":\"10.1.1.0/24\",\"Flags\":1}]", HcnErrorCode.RequestUnsupported, ".IpSubnets[0].Flags: flag EnableBroadcast (1) is not honoured by this release, whose networks carry broadcasts to all endpoints of a LAN or to none; leave it out")]
    [InlineData(Subnet + ",\"Routes\":[{\"DestinationPrefix\":\"0.0.0.0/0\"}]", HcnErrorCode.InvalidIp, ".Routes[0].NextHop: the default route has no next hop; give the gateway's address")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"gw\",\"DestinationPrefix\":\"0.0.0.0/0\"}]", HcnErrorCode.InvalidIp, ".Routes[0].NextHop: 'gw' is not an IP address")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"::/0\"}]", HcnErrorCode.InvalidIp, ".Routes[0].NextHop: next hop 10.1.0.1 is of another family than ::/0; use an address of the same family")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"10.9.0.0/16\"}]", HcnErrorCode.AddressInvalidOrReserved, ".Routes[0].NextHop: next hop 10.1.0.1 is in the network's own subnet 10.1.0.0/16, whose endpoints route nothing; give a neighbour of the host")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"192.0.2.1\",\"DestinationPrefix\":\"10.9.0.1/16\"}]", HcnErrorCode.InvalidPrefix, ".Routes[0].DestinationPrefix: '10.9.0.1/16' has host bits set; write 10.9.0.0/16")]
    [InlineData(Subnet + ",\"Routes\":[{\"DestinationPrefix\":\"10.9.0.0/16\"}]", HcnErrorCode.InvalidIp, ".Routes[0].NextHop: the route has no next hop; give the address of a router")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"192.0.2.1\",\"DestinationPrefix\":\"10.9.0.0/16\",\"Metric\":5}]", HcnErrorCode.RequestUnsupported, ".Routes[0].Metric: metric 5 is not honoured by this release; leave it out")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"2001:db8::1\",\"DestinationPrefix\":\"2001:db8:9::/48\"}]", HcnErrorCode.InvalidPrefix, ".Routes[0].DestinationPrefix: the route to 2001:db8:9::/48 is of another family than subnet 10.1.0.0/16; give it to a subnet of its own")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"0.0.0.0/0\"},{\"NextHop\":\"192.0.2.1\",\"DestinationPrefix\":\"10.8.0.0/15\"},{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"10.9.0.0/16\"}]", HcnErrorCode.RequestUnsupported, ".Routes[2]: the route to 10.9.0.0/16 is an exception of one by another router, which this release has not; give that one for the prefixes beside it")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"0.0.0.0/0\",\"Metric\":5}]", HcnErrorCode.RequestUnsupported, ".Routes[0].Metric: metric 5 is not honoured by this release; leave it out")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"0.0.0.0/0\"},{\"NextHop\":\"10.1.0.2\",\"DestinationPrefix\":\"0.0.0.0/0\"}]", HcnErrorCode.InvalidSubnet, ".Routes[1]: gateway 10.1.0.2 is the subnet's second one; a subnet has one gateway, here 10.1.0.1")]
    [InlineData(Subnet + ",\"Routes\":[{\"NextHop\":\"10.2.0.1\",\"DestinationPrefix\":\"0.0.0.0/0\"}]", HcnErrorCode.AddressInvalidOrReserved, ".Routes[0].NextHop: gateway 10.2.0.1 is not in subnet 10.1.0.0/16; use an address from 10.1.0.1 to 10.1.255.254")]
    public void Subnet_NotHonoured_IsRefusedAtItsOwnPath(string members, uint code, string expected)
    {
        // The second Ipam's first subnet is the spec's second: paths must be the document's.
        var error = Assert.Throws<FairwayException>(() => Read(
            $$"""{"Name":"web","Ipams":[{"Subnets":[{"IpAddressPrefix":"10.8.0.0/16"}]},{"Subnets":[{ {{members}} }]}]}"""));

        Assert.Equal([$"$.Ipams[1].Subnets[0]{expected}"], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Fact]
    public void Uplink_ByItsIndexOrAlias_IsRead_AndReturnedAsSent()
    {
        const string Lan = """{"Name":"lan","Type":"L2Bridge","Policies":[{"Type":"InterfaceConstraint","Settings":{"InterfaceAlias":"eth1","InterfaceIndex":7,"Comment":"x"}}],"Ipams":[{"Subnets":[{"IpAddressPrefix":"192.0.2.0/24"}]}]}""";
        NetworkSpec spec = Read(Lan);
        Assert.Equal(("eth1", (int?)7), (spec.Uplink, spec.UplinkIndex));
        Assert.Equal(["InterfaceConstraint"], HcnNetworkTranslation.ToDocument(new Network(spec, 1, 1500, 1)).Policies!.Select(policy => $"{policy.Type}"));
        Assert.Equal("a network of type Nat has no uplink; leave it out, or use type Transparent or L2Bridge",
            Assert.Throws<FairwayException>(() => Read(Lan.Replace("L2Bridge", "NAT", StringComparison.Ordinal))).Findings.Single(finding => finding.Path == "$.Policies[0].Settings.InterfaceIndex").Message);
    }

    [Fact]
    public void Uplink_AndVlan_AreRead_AndReturned()
    {
        const string Lan = """
            {"Name":"lan","Type":"L2Bridge","Policies":[{"Type":"NetAdapterName","Settings":{"NetworkAdapterName":"eth1"}}],
             "Ipams":[{"Subnets":[{"IpAddressPrefix":"192.0.2.0/24","Routes":[{"NextHop":"192.0.2.1","DestinationPrefix":"0.0.0.0/0"}],"Policies":[{"Type":"VLAN","Settings":{"IsolationId":5}}]},{"IpAddressPrefix":"10.9.0.0/24"}]}]}
            """;
        NetworkSpec spec = Read(Lan);
        Assert.Equal((NetworkType.L2Bridge, "eth1", (int?)5, null), (spec.Type, spec.Uplink, spec.Vlan, spec.Subnets[1].Gateway));
        Assert.Equal(spec with { Document = null }, Read(HcnJson.Write(HcnNetworkTranslation.ToDocument(new Network(spec, 1, 1500, 1)))) with { Document = null, Subnets = spec.Subnets });

        // Made elsewhere: the document has nothing of it yet.
        HostComputeNetwork written = HcnNetworkTranslation.ToDocument(new Network(spec with { Document = null }, 1, 1500, 1));
        Assert.Equal(("eth1", (int?)5), (Read(HcnJson.Write(written)).Uplink, Read(HcnJson.Write(written)).Vlan));
        Assert.Single(written.Policies!);
    }

    [Theory]
    [InlineData("\"Policies\":[{\"Type\":\"NetAdapterName\",\"Settings\":{}}]", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings.NetworkAdapterName: the policy names no device; name one of the host, or leave the policy out")]
    [InlineData("\"Policies\":[{\"Type\":\"NetAdapterName\",\"Settings\":{\"NetworkAdapterName\":\"a\"}},{\"Type\":\"NetAdapterName\",\"Settings\":{\"NetworkAdapterName\":\"b\"}}]", HcnErrorCode.InvalidPolicy, "$.Policies[1].Settings.NetworkAdapterName: 'b' is the network's second device; a network has one, here 'a'")]
    [InlineData("\"Policies\":[{\"Type\":\"NetAdapterName\",\"Settings\":{\"NetworkAdapterName\":\"a\"}},{\"Type\":\"InterfaceConstraint\",\"Settings\":{\"InterfaceAlias\":\"b\"}}]", HcnErrorCode.InvalidPolicy, "$.Policies[1].Settings.InterfaceAlias: 'b' is the network's second device; a network has one, here 'a'")]
    [InlineData("\"Policies\":[{\"Type\":\"InterfaceConstraint\",\"Settings\":{}}]", HcnErrorCode.InvalidPolicy, "$.Policies[0].Settings: the policy names no device; give InterfaceAlias or InterfaceIndex, or leave the policy out")]
    [InlineData("\"Policies\":[{\"Type\":\"InterfaceConstraint\",\"Settings\":{\"InterfaceAlias\":\"a\",\"InterfaceDescription\":\"Intel\"}}]", HcnErrorCode.RequestUnsupported, "$.Policies[0].Settings.InterfaceDescription: devices of this host are known by name and index; give InterfaceAlias or InterfaceIndex in its place")]
    [InlineData("\"Policies\":[{\"Type\":\"NetAdapterName\",\"Settings\":{\"NetworkAdapterName\":\"a/b\"}}]", HcnErrorCode.InvalidNetwork, null)]
    public void Uplink_Wrong_IsRefusedAtItsOwnPath(string members, uint code, string? expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{"Name":"lan","Type":"Transparent","Ipams":[{"Subnets":[{"IpAddressPrefix":"192.0.2.0/24"}]}],{{members}}}"""));
        Assert.Equal(code, error.Findings[0].HcnCode);
        Assert.StartsWith(expected ?? "$.Policies[0].Settings.NetworkAdapterName: ", $"{error.Findings[0].Path}: {error.Findings[0].Message}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "$.Ipams[0].Subnets[1].Policies[0].Settings.IsolationId: the policy has no VLAN; give it, or leave the policy out")]
    [InlineData("{\"IsolationId\":6}", "$.Ipams[0].Subnets[1].Policies[0].Settings.IsolationId: VLAN 6 is the network's second one; all its subnets are on one, here 5")]
    public void Vlan_Wrong_IsRefusedAtItsOwnPath(string settings, string expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$$"""
            {"Name":"lan","Type":"Transparent","Ipams":[{"Subnets":[{"IpAddressPrefix":"192.0.2.0/24","Policies":[{"Type":"VLAN","Settings":{"IsolationId":5}}]},
             {"IpAddressPrefix":"10.9.0.0/24","Policies":[{"Type":"VLAN","Settings":{{{settings}}}}]}]}]}
            """));
        Assert.Equal((HcnErrorCode.InvalidPolicy, expected), (error.Findings[0].HcnCode, $"{error.Findings[0].Path}: {error.Findings[0].Message}"));
    }

    [Fact]
    public void Dhcp_IsRead_AndReturned()
    {
        NetworkSpec spec = Read("""{"Name":"lan","Type":"Transparent","Ipams":[{"Type":"DHCP","Subnets":[{"Policies":[{"Type":"VLAN","Settings":{"IsolationId":5}}]}]}]}""");
        Assert.Equal((true, (int?)5, 0), (spec.Dhcp, spec.Vlan, spec.Subnets.Length));
        foreach (string? document in (string?[])[spec.Document, null])
        {
            NetworkSpec again = Read(HcnJson.Write(HcnNetworkTranslation.ToDocument(new Network(spec with { Document = document }, 1, 1500, 1))));
            Assert.Equal((true, (int?)5, 0), (again.Dhcp, again.Vlan, again.Subnets.Length));
        }
    }

    [Theory]
    [InlineData("ICS", "use NAT")]
    [InlineData("ConstrainedICS", "use NAT")]
    [InlineData("Mirrored", "use Transparent")]
    [InlineData("Infiniband", "use Transparent")]
    [InlineData("Layered", "use the type of the network below")]
    public void Type_FairwayHasNot_IsRefusedWithTheReason(string type, string instead)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{"Name":"x","Type":"{{type}}"}"""));
        Assert.Equal(HcnErrorCode.InvalidNetworkType, error.HcnCode);
        Assert.StartsWith($"networks of type {type} do not exist in Fairway, wh", error.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains(instead, error.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_WrongInManyWays_HasEveryFinding()
    {
        var error = Assert.Throws<FairwayException>(() => Read("""
            {"Name":"../x","Type":"ICS","Flags":12,"Policies":[{"Type":"HostRoute","Settings":{}}],
             "Ipams":[{"Type":"Dhcp","Subnets":[{"IpAddressPrefix":"10.1.0.0"}]}],"Dns":{"ServerList":["x"]}}
            """));

        Assert.Equal(["$.Type", "$.Flags", "$.Flags", "$.Policies[0].Type", "$.Ipams[0].Subnets[0].IpAddressPrefix", "$.Name", "$.Ipams[0].Type", "$.Dns.ServerList[0]"],
            error.Findings.Select(finding => finding.Path));
    }

    [Theory]
    [InlineData("""{"Name":"web","Type":"Foo"}""", HcnErrorCode.InvalidNetworkType, "$.Type: 'Foo' is not a NetworkMode; use NAT, ICS, Transparent, L2Bridge, L2Tunnel, Overlay, Private, Internal, Mirrored, Infiniband, ConstrainedICS, Layered")]
    [InlineData("""{"Name":"web","Type":99}""", HcnErrorCode.InvalidNetworkType, "$.Type: 99 is not a NetworkMode; use NAT, ICS, Transparent, L2Bridge, L2Tunnel, Overlay, Private, Internal, Mirrored, Infiniband, ConstrainedICS, Layered")]
    [InlineData("""{"Name":"web","Policies":[{"Type":"Foo"}]}""", HcnErrorCode.InvalidPolicyType, null)]
    [InlineData("""{"Name":"web","Flags":"Foo"}""", HcnErrorCode.InvalidJson, null)]
    [InlineData("""{"Name":"web","Flags":-1}""", HcnErrorCode.InvalidJson, null)]
    [InlineData("""{"Name":"web","ID":"{71CD3B74-1A0A-447E-BF9E-3716C6652176}"}""", HcnErrorCode.GuidConversionFailure, "$.ID: '{71CD3B74-1A0A-447E-BF9E-3716C6652176}' is not a GUID; write one like 7F0C3F52-2F0D-4A0E-9D3F-0C1D2E3F4A5B")]
    [InlineData("""{"Name":"web","ID":7}""", HcnErrorCode.GuidConversionFailure, "$.ID: an id is written as a string")]
    [InlineData("""{"Name":"web","Ipams":{}}""", HcnErrorCode.InvalidJson, "$.Ipams: the value is not an array")]
    [InlineData("""{"Name":"web","Ipams":[null]}""", HcnErrorCode.InvalidJson, "$.Ipams[0]: null is not an element here; leave it out")]
    [InlineData("""{"Name":"web","NAME":"lan"}""", HcnErrorCode.InvalidJson, null)]
    [InlineData("""{"Name":"web","Ipams":[{"Subnets":[{"Routes":[{"Metric":70000}]}]}]}""", HcnErrorCode.InvalidJson, "$.Ipams[0].Subnets[0].Routes[0].Metric: the value is not a whole number from 0 to 65535")]
    [InlineData("""[]""", HcnErrorCode.InvalidJson, "$: the value is not an object")]
    [InlineData("""null""", HcnErrorCode.InvalidJson, null)]
    public void Json_Wrong_IsRefusedWithItsPath(string json, uint code, string? expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read(json));

        if (expected is not null) Assert.Equal(expected, $"{error.Findings[0].Path}: {error.Findings[0].Message}");
        Assert.Equal((ErrorKind.InvalidArgument, code), (error.Kind, error.HcnCode));
    }

    [Fact]
    public void Network_MadeElsewhere_IsWrittenWhole()
    {
        var network = new Network(SampleTests.Web.Spec with { Type = NetworkType.Internal, Mtu = 1400, Dns = new("corp.example") }, 1, 1400, 1);

        HostComputeNetwork document = HcnNetworkTranslation.ToDocument(network, new SchemaVersion { Major = 2, Minor = 11 });

        Assert.Equal("""
            {"ID":"71CD3B74-1A0A-447E-BF9E-3716C6652176","Name":"web","Type":"Internal","Dns":{"Domain":"corp.example"},"Ipams":[{"Type":"Static","Subnets":[{"ID":"FIRST","IpAddressPrefix":"10.1.0.0/16","Routes":[{"NextHop":"10.1.0.1","DestinationPrefix":"0.0.0.0/0"}]},{"ID":"SECOND","IpAddressPrefix":"fd00:10:1::/64","Routes":[{"NextHop":"fd00:10:1::1","DestinationPrefix":"::/0"}]}]}],"Flags":0,"AdditionalParams":{"Mtu":1400},"Health":{"Data":{"LastErrorCode":0}},"SchemaVersion":{"Major":2,"Minor":11}}
            """.Trim().Replace("FIRST", HcnId.Format(SubnetIdentity.Of(network.Spec.Id, network.Spec.Subnets[0])), StringComparison.Ordinal)
                .Replace("SECOND", HcnId.Format(SubnetIdentity.Of(network.Spec.Id, network.Spec.Subnets[1])), StringComparison.Ordinal), HcnJson.Write(document));
    }

    private static NetworkSpec Read(string json) => HcnNetworkTranslation.ToSpec(HcnReader.ReadNetwork(Encoding.UTF8.GetBytes(json)));
}
