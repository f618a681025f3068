using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Tests.Validation;

public sealed class NetworkSpecValidatorTests
{
    [Theory]
    [InlineData("""{"Name":"web"}""")]
    [InlineData("""{"Name":"web","Type":"Private","Subnets":[{"Prefix":"10.0.0.1/32"}]}""")]
    [InlineData("""{"Name":"web","Type":"Internal","Mtu":1280}""")]
    [InlineData("""{"Name":"web","Mtu":65535}""")]
    [InlineData("""{"Name":"web","Mtu":576,"Subnets":[{"Prefix":"10.0.0.0/24"}]}""")]
    [InlineData("""{"Name":"web","Subnets":[{"Prefix":"10.1.0.0/16","Gateway":"10.1.255.254","AllocationRange":"10.1.4.0/24"},{"Prefix":"fd00::/64","Gateway":"fd00::1"}]}""")]
    [InlineData("""{"Name":"web","Subnets":[{"Prefix":"10.1.0.0/31","Gateway":"10.1.0.0"},{"Prefix":"fd00::/127","Gateway":"fd00::"}]}""")]
    public void Spec_Right_HasNoFindings(string json) => Expect.Findings(Validate(json));

    [Theory]
    [InlineData("""{"Name":"../web"}""", HcnErrorCode.InvalidNetwork,
        "$.Name: the name '../web' contains '/'; use 1 to 63 of A-Z, a-z, 0-9, '_', '.' and '-', a letter or digit first")]
    [InlineData("""{"Name":"web","Type":"Overlay"}""", HcnErrorCode.InvalidSubnet,
        "$.Subnets: an overlay network has its subnets in common with other hosts; give them, each with its virtual subnet id")]
    [InlineData("""{"Name":"web","Type":"Overlay","Subnets":[{"Prefix":"10.1.0.0/16"}]}""", HcnErrorCode.InvalidPolicy,
        "$.Subnets[0].VirtualSubnet: subnet 10.1.0.0/16 has no virtual subnet id; give one from 4096 to 16777214")]
    [InlineData("""{"Name":"web","Type":"Overlay","Subnets":[{"Prefix":"10.1.0.0/16","VirtualSubnet":4095}]}""", HcnErrorCode.InvalidPolicy,
        "$.Subnets[0].VirtualSubnet: virtual subnet id 4095 is out of range; use 4096 to 16777214")]
    [InlineData("""{"Name":"web","Type":"Overlay","Subnets":[{"Prefix":"10.1.0.0/16","VirtualSubnet":16777215}]}""", HcnErrorCode.InvalidPolicy,
        "$.Subnets[0].VirtualSubnet: virtual subnet id 16777215 is out of range; use 4096 to 16777214")]
    [InlineData("""{"Name":"web","Subnets":[{"Prefix":"10.1.0.0/16","VirtualSubnet":4096}]}""", HcnErrorCode.InvalidPolicy,
        "$.Subnets[0].VirtualSubnet: subnets of a network of type Nat have no virtual subnet id; leave it out or use type Overlay")]
    [InlineData("""{"Name":"web","Overlay":{}}""", HcnErrorCode.InvalidPolicyType,
        "$.Overlay: a network of type Nat does not travel to other hosts; leave the settings out or use type Overlay")]
    [InlineData("""{"Name":"web","Type":"Overlay","Subnets":[{"Prefix":"10.1.0.0/16","VirtualSubnet":4096}],"Overlay":{"Port":0}}""", HcnErrorCode.InvalidPolicy,
        "$.Overlay.Port: UDP port 0 cannot be used; use 4 to 65535, 4789 when in doubt")]
    [InlineData("""{"Name":"web","Type":"Overlay","Subnets":[{"Prefix":"10.1.0.0/16","VirtualSubnet":4096}],"Overlay":{"ProviderAddress":"127.0.0.1"}}""", HcnErrorCode.InvalidPolicy,
        "$.Overlay.ProviderAddress: provider address 127.0.0.1 belongs to 127.0.0.0/8, reserved for loopback; use an address by which the other host is reached")]
    [InlineData("""{"Name":"web","Type":"Overlay","Subnets":[{"Prefix":"10.1.0.0/16","VirtualSubnet":4096}],"Overlay":{"RouterMac":"01:00:5e:00:00:01"}}""", HcnErrorCode.InvalidPolicy,
        "$.Overlay.RouterMac: MAC 01:00:5e:00:00:01 is no station's; use a unicast one, for example 02:15:5d:01:02:03")]
    [InlineData("""{"Name":"web","Type":"Overlay","Subnets":[{"Prefix":"10.1.0.0/16","VirtualSubnet":4096}],"Overlay":{"RemoteSubnets":[{"Prefix":"10.2.0.0/24","VirtualSubnet":7,"ProviderAddress":"192.0.2.2","RouterMac":"02:00:00:00:00:01"}]}}""", HcnErrorCode.InvalidPolicy,
        "$.Overlay.RemoteSubnets[0].VirtualSubnet: virtual subnet id 7 is out of range; use 4096 to 16777214")]
    [InlineData("""{"Name":"web","Type":"Overlay","Subnets":[{"Prefix":"10.1.0.0/16","VirtualSubnet":4096}],"Overlay":{"RemoteSubnets":[{"Prefix":"10.2.0.0/24","VirtualSubnet":4096,"ProviderAddress":"192.0.2.2","RouterMac":"02:00:00:00:00:01"},{"Prefix":"10.2.0.0/24","VirtualSubnet":4096,"ProviderAddress":"192.0.2.3","RouterMac":"02:00:00:00:00:02"}]}}""", HcnErrorCode.PolicyAlreadyExists,
        "$.Overlay.RemoteSubnets[1].Prefix: subnet 10.2.0.0/24 is on another host already; remove that first")]
    [InlineData("""{"Name":"web","Type":"Transparent"}""", HcnErrorCode.InvalidSubnet,
        "$.Subnets: a network of type Transparent has the addresses of a LAN, which cannot be chosen here; give its subnets, or have a DHCP server give addresses")]
    [InlineData("""{"Name":"web","Type":"Transparent","Dhcp":true,"Subnets":[{"Prefix":"10.1.0.0/16"}]}""", HcnErrorCode.InvalidSubnet,
        "$.Subnets: a network with addresses by DHCP has the subnets of its server; leave subnets or DHCP out")]
    [InlineData("""{"Name":"web","Type":"L2Bridge","Dhcp":true}""", HcnErrorCode.RequestUnsupported,
        "$.Dhcp: a network of type L2Bridge has no addresses by DHCP, which needs a MAC for each endpoint; leave it out, or use type Transparent")]
    [InlineData("""{"Name":"web","Uplink":"eth0"}""", HcnErrorCode.InvalidNetwork,
        "$.Uplink: a network of type Nat has no uplink; leave it out, or use type Transparent or L2Bridge")]
    [InlineData("""{"Name":"web","Type":"Private","Vlan":5}""", HcnErrorCode.InvalidNetwork,
        "$.Vlan: a network of type Private has no VLAN; leave it out, or use type Transparent or L2Bridge")]
    [InlineData("""{"Name":"web","Type":"L2Bridge","Vlan":4095,"Subnets":[{"Prefix":"10.1.0.0/16"}]}""", HcnErrorCode.InvalidNetwork,
        "$.Vlan: VLAN 4095 is out of range; use 1 to 4094, or leave it out")]
    [InlineData("""{"Name":"web","Type":"L2Bridge","Vlan":0,"Subnets":[{"Prefix":"10.1.0.0/16"}]}""", HcnErrorCode.InvalidNetwork,
        "$.Vlan: VLAN 0 is out of range; use 1 to 4094, or leave it out")]
    [InlineData("""{"Name":"web","Type":"L2Bridge","HostLink":"x0","Subnets":[{"Prefix":"10.1.0.0/16"}]}""", HcnErrorCode.InvalidNetwork,
        "$.HostLink: a network of type L2Bridge has no interface on the host but its uplink; leave the name out")]
    [InlineData("""{"Name":"web","Type":"L2Tunnel","Subnets":[{"Prefix":"10.1.0.0/16"}]}""", HcnErrorCode.InvalidSubnet,
        "$.Subnets[0].Gateway: subnet 10.1.0.0/16 has no gateway, to which an L2Tunnel network sends everything; give it")]
    [InlineData("""{"Name":"web","Type":"L2Tunnel","Vlan":5,"Subnets":[{"Prefix":"10.1.0.0/16","Gateway":"10.1.0.1"}]}""", HcnErrorCode.InvalidNetwork,
        "$.Vlan: a network of type L2Tunnel has no VLAN; leave it out, or use type L2Bridge")]
    [InlineData("""{"Name":"web","Mtu":1279}""", HcnErrorCode.InvalidNetwork,
        "$.Mtu: an MTU of 1279 bytes is out of range; use 1280 to 65535 (IPv6 needs 1280), or leave it out to follow the uplink")]
    [InlineData("""{"Name":"web","Mtu":65536}""", HcnErrorCode.InvalidNetwork,
        "$.Mtu: an MTU of 65536 bytes is out of range; use 1280 to 65535 (IPv6 needs 1280), or leave it out to follow the uplink")]
    [InlineData("""{"Name":"web","Mtu":1000,"Subnets":[{"Prefix":"10.0.0.0/24"},{"Prefix":"fd00::/64"}]}""", HcnErrorCode.InvalidNetwork,
        "$.Mtu: an MTU of 1000 bytes is out of range; use 1280 to 65535 (IPv6 needs 1280), or leave it out to follow the uplink")]
    [InlineData("""{"Name":"web","Mtu":575,"Subnets":[{"Prefix":"10.0.0.0/24"}]}""", HcnErrorCode.InvalidNetwork,
        "$.Mtu: an MTU of 575 bytes is out of range; use 576 to 65535, or leave it out to follow the uplink")]
    [InlineData("""{"Name":"web","Dns":{"Servers":["dns"]}}""", HcnErrorCode.InvalidIp,
        "$.Dns.Servers[0]: the name server 'dns' is not an IP address")]
    public void Spec_Wrong_SaysWhatAndWhere(string json, uint code, string expected) => Expect.Finding(Validate(json), expected, code);

    [Theory]
    [InlineData("""{"Prefix":"127.1.0.0/16"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].Prefix: subnet 127.1.0.0/16 contains addresses of 127.0.0.0/8, reserved for loopback; choose another prefix")]
    [InlineData("""{"Prefix":"0.0.0.0/0"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].Prefix: subnet 0.0.0.0/0 contains addresses of 0.0.0.0/8, reserved for this host (RFC 1122); choose another prefix")]
    [InlineData("""{"Prefix":"169.254.0.0/24"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].Prefix: subnet 169.254.0.0/24 contains addresses of 169.254.0.0/16, reserved for link-local; choose another prefix")]
    [InlineData("""{"Prefix":"224.1.0.0/16"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].Prefix: subnet 224.1.0.0/16 contains addresses of 224.0.0.0/4, reserved for multicast; choose another prefix")]
    [InlineData("""{"Prefix":"255.255.255.0/24"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].Prefix: subnet 255.255.255.0/24 contains addresses of 240.0.0.0/4, reserved for future use and broadcast; choose another prefix")]
    [InlineData("""{"Prefix":"fe80::/64"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].Prefix: subnet fe80::/64 contains addresses of fe80::/10, reserved for link-local; choose another prefix")]
    [InlineData("""{"Prefix":"ff02::/64"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].Prefix: subnet ff02::/64 contains addresses of ff00::/8, reserved for multicast; choose another prefix")]
    [InlineData("""{"Prefix":"10.0.0.1/32"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].Prefix: subnet 10.0.0.1/32 has one address only, which the gateway takes; use a prefix of at most 31 bits")]
    [InlineData("""{"Prefix":"fd00::1/128"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].Prefix: subnet fd00::1/128 has one address only, which the gateway takes; use a prefix of at most 127 bits")]
    [InlineData("""{"Prefix":"10.1.0.0/16","Gateway":"10.2.0.1"}""", HcnErrorCode.AddressInvalidOrReserved,
        "$.Subnets[0].Gateway: gateway 10.2.0.1 is not in subnet 10.1.0.0/16; use an address from 10.1.0.1 to 10.1.255.254")]
    [InlineData("""{"Prefix":"10.1.0.0/16","Gateway":"fd00::1"}""", HcnErrorCode.AddressInvalidOrReserved,
        "$.Subnets[0].Gateway: gateway fd00::1 is not in subnet 10.1.0.0/16; use an address from 10.1.0.1 to 10.1.255.254")]
    [InlineData("""{"Prefix":"10.1.0.0/16","Gateway":"10.1.0.0"}""", HcnErrorCode.AddressInvalidOrReserved,
        "$.Subnets[0].Gateway: gateway 10.1.0.0 is the network address of subnet 10.1.0.0/16; use an address from 10.1.0.1 to 10.1.255.254")]
    [InlineData("""{"Prefix":"10.1.0.0/16","Gateway":"10.1.255.255"}""", HcnErrorCode.AddressInvalidOrReserved,
        "$.Subnets[0].Gateway: gateway 10.1.255.255 is the broadcast address of subnet 10.1.0.0/16; use an address from 10.1.0.1 to 10.1.255.254")]
    [InlineData("""{"Prefix":"fd00::/120","Gateway":"fd00::"}""", HcnErrorCode.AddressInvalidOrReserved,
        "$.Subnets[0].Gateway: gateway fd00:: is the subnet-router anycast address of subnet fd00::/120; use an address from fd00::1 to fd00::ff")]
    [InlineData("""{"Prefix":"10.1.0.0/16","AllocationRange":"10.2.0.0/24"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].AllocationRange: allocation range 10.2.0.0/24 is not inside subnet 10.1.0.0/16; choose a part of the subnet")]
    [InlineData("""{"Prefix":"10.1.0.0/16","AllocationRange":"10.0.0.0/8"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].AllocationRange: allocation range 10.0.0.0/8 is not inside subnet 10.1.0.0/16; choose a part of the subnet")]
    [InlineData("""{"Prefix":"10.1.0.0/16","AllocationRange":"fd00::/64"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].AllocationRange: allocation range fd00::/64 is not inside subnet 10.1.0.0/16; choose a part of the subnet")]
    [InlineData("""{"Prefix":"10.1.0.0/16","Gateway":"10.1.0.9","AllocationRange":"10.1.0.9/32"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].AllocationRange: allocation range 10.1.0.9/32 holds no address an endpoint could get; choose a larger part of subnet 10.1.0.0/16")]
    [InlineData("""{"Prefix":"10.1.0.0/16","AllocationRange":"10.1.0.0/32"}""", HcnErrorCode.InvalidPrefix,
        "$.Subnets[0].AllocationRange: allocation range 10.1.0.0/32 holds no address an endpoint could get; choose a larger part of subnet 10.1.0.0/16")]
    public void Subnet_Wrong_SaysWhatAndWhere(string subnet, uint code, string expected) =>
        Expect.Finding(Validate($$"""{"Name":"web","Subnets":[{{subnet}}]}"""), expected, code);

    [Fact]
    public void Subnets_Overlapping_AreNamed() => Expect.Finding(
        Validate("""{"Name":"web","Subnets":[{"Prefix":"10.1.0.0/16"},{"Prefix":"fd00::/64"},{"Prefix":"10.1.7.0/24"}]}"""),
        "$.Subnets[2].Prefix: subnet 10.1.7.0/24 overlaps subnet 10.1.0.0/16 of the same network; choose another prefix", HcnErrorCode.InvalidSubnet);

    [Fact]
    public void Gateway_OfAPrivateNetwork_IsRefused() => Expect.Finding(
        Validate("""{"Name":"web","Type":"Private","Subnets":[{"Prefix":"10.1.0.0/16","Gateway":"10.1.0.1"}]}"""),
        "$.Subnets[0].Gateway: gateway 10.1.0.1 has no place in a private network, which the host is no part of; leave it out or use type Internal",
        HcnErrorCode.AddressInvalidOrReserved);

    [Fact]
    public void Subnets_MoreThanEight_AreRefused()
    {
        var subnets = string.Join(',', Enumerable.Range(0, 9).Select(i => $$"""{"Prefix":"10.{{i}}.0.0/16"}"""));

        Expect.Finding(Validate($$"""{"Name":"web","Subnets":[{{subnets}}]}"""),
            "$.Subnets: 9 subnets are too many; a network has at most 8", HcnErrorCode.InvalidSubnet);
    }

    [Fact]
    public void Spec_WrongInManyWays_HasEveryFinding()
    {
        var findings = Validate("""{"Name":"-","Type":"L2Bridge","Mtu":5,"Subnets":[{"Prefix":"10.1.0.0/16","Gateway":"10.2.0.1","AllocationRange":"10.3.0.0/24"}],"Dns":{"Search":["a b"]}}""");

        Assert.Equal(["$.Name", "$.Mtu", "$.Subnets[0].Gateway", "$.Subnets[0].AllocationRange", "$.Dns.Search[0]"], findings.Select(finding => finding.Path));
    }

    private static System.Collections.Immutable.ImmutableArray<Finding> Validate(string json) =>
        NetworkSpecValidator.Validate(FairwayJson.Deserialize<NetworkSpec>(json));
}
