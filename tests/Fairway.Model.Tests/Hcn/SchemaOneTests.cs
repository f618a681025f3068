using System.Text;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Tests.Hcn;

/// <summary>Documents of HNS, before the HCN schema: told by their members or their version, converted, then judged like any other.</summary>
public sealed class SchemaOneTests
{
    [Theory]
    [InlineData("""{"Name":"n","Subnets":[{"AddressPrefix":"10.1.0.0/16","GatewayAddress":"10.1.0.1"},{"AddressPrefix":"fd00::/64","GatewayAddress":"fd00::1"}]}""",
        """{"Name":"n","Ipams":[{"Type":"Static","Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Routes":[{"NextHop":"10.1.0.1","DestinationPrefix":"0.0.0.0/0"}]},{"IpAddressPrefix":"fd00::/64","Routes":[{"NextHop":"fd00::1","DestinationPrefix":"::/0"}]}]}]}""")]
    [InlineData("""{"Name":"n","Type":"transparent","NetworkAdapterName":"eth0","SourceMac":"00-15-5D-01-02-03","AutomaticDNS":true,"ManagementIP":"10.0.0.1"}""",
        """{"Name":"n","Type":"Transparent","Policies":[{"Type":"NetAdapterName","Settings":{"NetworkAdapterName":"eth0"}},{"Type":"SourceMacAddress","Settings":{"SourceMacAddress":"00-15-5D-01-02-03"}},{"Type":"AutomaticDNS","Settings":{"Enable":true}}]}""")]
    [InlineData("""{"Name":"n","Type":"l2bridge","Subnets":[{"AddressPrefix":"10.1.0.0/16","Policies":[{"Type":"VLAN","VLAN":5}]}]}""",
        """{"Name":"n","Type":"L2Bridge","Ipams":[{"Type":"Static","Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Policies":[{"Type":"VLAN","Settings":{"IsolationId":5}}]}]}]}""")]
    [InlineData("""{"Name":"n","Type":"l2bridge","Policies":[{"Type":"VLAN","VLAN":5}],"Subnets":[{"AddressPrefix":"10.1.0.0/16"},{"AddressPrefix":"10.2.0.0/16"}]}""",
        """{"Name":"n","Type":"L2Bridge","Ipams":[{"Type":"Static","Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Policies":[{"Type":"VLAN","Settings":{"IsolationId":5}}]},{"IpAddressPrefix":"10.2.0.0/16","Policies":[{"Type":"VLAN","Settings":{"IsolationId":5}}]}]}]}""")]
    [InlineData("""{"Name":"n","Type":"overlay","Subnets":[{"AddressPrefix":"10.1.0.0/16","Policies":[{"Type":"VSID","VSID":5000}]}]}""",
        """{"Name":"n","Type":"Overlay","Ipams":[{"Type":"Static","Subnets":[{"IpAddressPrefix":"10.1.0.0/16","Policies":[{"Type":"VSID","Settings":{"IsolationId":5000}}]}]}]}""")]
    [InlineData("""{"Name":"n","MacPools":[{"StartMacAddress":"00-15-5D-52-C0-00","EndMacAddress":"00-15-5D-52-CF-FF"}],"DNSSuffix":"a.b, c","Custom":1}""",
        """{"Name":"n","MacPool":{"Ranges":[{"StartMacAddress":"00-15-5D-52-C0-00","EndMacAddress":"00-15-5D-52-CF-FF"}]},"Dns":{"Search":["a.b","c"]},"Custom":1}""")]
    [InlineData("""{"SchemaVersion":{"Major":1,"Minor":0},"Name":"n","Flags":8}""", """{"Name":"n","Flags":8}""")]
    public void Network_IsConverted(string json, string expected) => Assert.Equal(expected, HcnJson.Write(HcnReader.ReadNetwork(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("""{"VirtualNetwork":"71cd3b74-1a0a-447e-bf9e-3716c6652176","IPAddress":"10.1.0.2","PrefixLength":16,"IPv6Address":"fd00::2","IPv6PrefixLength":64,"GatewayAddress":"10.1.0.1","GatewayAddressV6":"fd00::1"}""",
        """{"HostComputeNetwork":"71CD3B74-1A0A-447E-BF9E-3716C6652176","IpConfigurations":[{"IpAddress":"10.1.0.2","PrefixLength":16},{"IpAddress":"fd00::2","PrefixLength":64}],"Routes":[{"NextHop":"10.1.0.1","DestinationPrefix":"0.0.0.0/0"},{"NextHop":"fd00::1","DestinationPrefix":"::/0"}]}""")]
    [InlineData("""{"IPAddress":"10.1.0.2","Policies":[{"Type":"OutBoundNAT","VIP":"192.0.2.9","ExceptionList":["10.0.0.0/8"],"MaxPortPoolUsage":5},{"Type":"ROUTE","DestinationPrefix":"10.9.0.0/16","NextHop":"192.0.2.1","NeedEncap":false},{"Type":"QOS","MaximumOutgoingBandwidthInBytes":1000}]}""",
        """{"Policies":[{"Type":"OutBoundNAT","Settings":{"VirtualIP":"192.0.2.9","Exceptions":["10.0.0.0/8"],"MaxPortPoolUsage":5}},{"Type":"SDNRoute","Settings":{"DestinationPrefix":"10.9.0.0/16","NextHop":"192.0.2.1","NeedEncap":false}},{"Type":"QOS","Settings":{"MaximumOutgoingBandwidthInBytes":1000}}],"IpConfigurations":[{"IpAddress":"10.1.0.2"}]}""")]
    [InlineData("""{"IPAddress":"10.1.0.2","Policies":[{"Type":"PA","PA":"192.0.2.1"},{"Type":"ACL","Protocol":6,"LocalPort":80,"Action":"Allow","Direction":"In"}],"AdditionalParams":{"A":"b"}}""",
        """{"Policies":[{"Type":"ProviderAddress","Settings":{"ProviderAddress":"192.0.2.1"}},{"Type":"ACL","Settings":{"Action":"Allow","Direction":"In","Protocols":"6","LocalPorts":"80"}}],"IpConfigurations":[{"IpAddress":"10.1.0.2"}],"AdditionalParams":{"A":"b"}}""")]
    [InlineData("""{"DisableICC":true,"IsRemoteEndpoint":true,"EnableLowMetric":true,"EncapOverhead":50,"DNSDomain":"d","DNSSuffix":"s","DNSServerList":"1.1.1.1","Namespace":{"ID":"71cd3b74-1a0a-447e-bf9e-3716c6652176","IsDefault":true}}""",
        """{"HostComputeNamespace":"71CD3B74-1A0A-447E-BF9E-3716C6652176","Policies":[{"Type":"EncapOverhead","Settings":{"Overhead":50}}],"Dns":{"Domain":"d","Search":["s"],"ServerList":["1.1.1.1"]},"Flags":11}""")]
    [InlineData("""{"IPAddress":"10.1.0.2","Policies":[{"Type":"PROXY","Destination":"10.1.0.9:80"},{"Type":"L4WFPPROXY","InboundProxyPort":"15006"}]}""",
        """{"Policies":[{"Type":"L4Proxy","Settings":{"Destination":"10.1.0.9:80"}},{"Type":"L4WFPPROXY","Settings":{"InboundProxyPort":"15006"}}],"IpConfigurations":[{"IpAddress":"10.1.0.2"}]}""")]
    [InlineData("""{"IPAddress":"","Policies":[{"Type":"nat","Protocol":"UDP","InternalPort":53,"ExternalPort":5353,"ExternalPortReserved":true,"Note":"x"}]}""",
        """{"Policies":[{"Type":"PortMapping","Settings":{"Protocol":"UDP","InternalPort":53,"ExternalPort":5353,"Note":"x","Flags":4}}]}""")]
    public void Endpoint_IsConverted(string json, string expected) => Assert.Equal(expected, HcnJson.Write(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("""{"Name":"n","Subnets":[],"DNSServerCompartment":3}""", "$.DNSServerCompartment: a name server in compartment 3 is not honoured by this release; give its address in DNSServerList")]
    [InlineData("""{"Name":"n","Subnets":[{"AddressPrefix":"10.0.0.0/8","Policies":[{"Type":"VNET"}]}]}""", "$.Subnets[0].Policies[0]: policies of type VNET are not honoured by this release; subnets have VLAN and VSID")]
    [InlineData("""{"Name":"n","Subnets":[],"Policies":[{"Type":"VLAN","VLAN":5}]}""", "$.Policies[0]: the policy is one of the subnets, and the network has none; give some")]
    [InlineData("""{"Name":"n","Subnets":[],"Policies":[{"Type":"OutBoundNAT"}]}""", "$.Policies[0]: policies of type OutBoundNAT are not honoured by this release; networks have VLAN and VSID in schema 1")]
    [InlineData("""{"Name":"n","Subnets":[],"Policies":[5]}""", "$.Policies[0]: the policy has no type; networks have VLAN and VSID in schema 1")]
    public void Network_WithoutCounterpart_IsRefused(string json, string expected) => AssertRefused(() => HcnReader.ReadNetwork(Encoding.UTF8.GetBytes(json)), expected);

    [Theory]
    [InlineData("""{"IPAddress":"10.1.0.2","EnableInternalDNS":false}""", "$.EnableInternalDNS: the network's resolver cannot be switched off; leave the member out")]
    [InlineData("""{"IPAddress":"10.1.0.2","Policies":[{"Type":"L2Driver"}]}""", "$.Policies[0]: policies of type L2Driver are not honoured by this release; endpoints have NAT, ACL, TierAcl, PA, QOS, OutBoundNAT, ROUTE, InterfaceParameters, PortName, PROXY and L4WFPPROXY")]
    public void Endpoint_WithoutCounterpart_IsRefused(string json, string expected) => AssertRefused(() => HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), expected);

    [Fact]
    public void MemberOfSchemaTwo_InADocumentOfSchemaOne_IsNotHiddenAmongTheUnknown()
    {
        var document = HcnReader.ReadNetwork("""{"SchemaVersion":{"Major":1},"Name":"n","ipams":[{"Type":"Dhcp"}]}"""u8);

        Assert.Single(document.Ipams!);
    }

    private static void AssertRefused(Func<object> read, string expected) =>
        Assert.Equal([expected], Assert.Throws<FairwayException>(read).Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
}
