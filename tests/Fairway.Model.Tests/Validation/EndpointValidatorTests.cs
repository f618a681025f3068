using System.Collections.Immutable;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Requests;
using Fairway.Model.Validation;

namespace Fairway.Model.Tests.Validation;

public sealed class EndpointValidatorTests
{
    private const string Id = "7f0c3f52-2f0d-4a0e-9d3f-0c1d2e3f4a5b";
    private const string Zero = "00000000-0000-0000-0000-000000000000";
    private const string NameRemedy = "use 1 to 63 of A-Z, a-z, 0-9, '_', '.' and '-', a letter or digit first";

    [Fact]
    public void Spec_WithTheLeast_HasNoFindings() => Expect.Findings(Validate(""));

    [Fact]
    public void Spec_WithEverything_HasNoFindings() => Expect.Findings(Validate("""
        "Name":"c1","NamespaceId":"7f0c3f52-2f0d-4a0e-9d3f-0c1d2e3f4a5b","InterfaceName":"net1","Addresses":["10.1.0.2","fd00::2"],
        "MacAddress":"02:15:5d:01:02:03","Publications":[{"HostPort":80,"ContainerPort":8080}],"Aliases":["shop","Shop2"],
        "Dns":{"Servers":["1.1.1.1"]},"Owner":{"Engine":"docker","Id":"0123","Labels":{"a":"b"}}
        """));

    [Theory]
    [InlineData("\"Name\":\"a/b\"", HcnErrorCode.InvalidEndpoint, "$.Name: the name 'a/b' contains '/'; " + NameRemedy)]
    [InlineData("\"NamespaceId\":\"" + Zero + "\"", HcnErrorCode.InvalidEndpoint, "$.NamespaceId: the namespace id is all zero; give the namespace's id or leave it out")]
    [InlineData("\"InterfaceName\":\"..\"", HcnErrorCode.InvalidEndpoint,
        "$.InterfaceName: the interface name '..' is a directory; use 1 to 15 printable ASCII characters without '/', ':', '%' and spaces")]
    [InlineData("\"Addresses\":[\"127.0.0.1\"]", HcnErrorCode.AddressInvalidOrReserved,
        "$.Addresses[0]: address 127.0.0.1 belongs to 127.0.0.0/8, reserved for loopback; use an address of the network's subnets")]
    [InlineData("\"Addresses\":[\"10.0.0.2\",\"fe80::1\"]", HcnErrorCode.AddressInvalidOrReserved,
        "$.Addresses[1]: address fe80::1 belongs to fe80::/10, reserved for link-local; use an address of the network's subnets")]
    [InlineData("\"Addresses\":[\"10.0.0.2\",\"10.0.0.2\"]", HcnErrorCode.InvalidEndpoint, "$.Addresses[1]: address 10.0.0.2 is given twice; give it once")]
    [InlineData("\"Addresses\":[\"10.0.0.1\",\"10.0.0.2\",\"10.0.0.3\",\"10.0.0.4\",\"10.0.0.5\",\"10.0.0.6\",\"10.0.0.7\",\"10.0.0.8\",\"10.0.0.9\"]", HcnErrorCode.InvalidEndpoint,
        "$.Addresses: 9 addresses are too many; an endpoint has at most one per subnet")]
    [InlineData("\"MacAddress\":\"01:00:5e:00:00:01\"", HcnErrorCode.InvalidEndpoint,
        "$.MacAddress: MAC 01:00:5e:00:00:01 is a group address; use a unicast one, for example 02:15:5d:01:02:03, or leave it out")]
    [InlineData("\"MacAddress\":\"00:00:00:00:00:00\"", HcnErrorCode.InvalidEndpoint,
        "$.MacAddress: MAC 00:00:00:00:00:00 is all zero; use a unicast one, for example 02:15:5d:01:02:03, or leave it out")]
    [InlineData("\"Publications\":[{\"HostPort\":80,\"ContainerPort\":0}]", HcnErrorCode.InvalidInternalPort,
        "$.Publications[0].ContainerPort: container port 0 is not a port; use 1 to 65535")]
    [InlineData("\"Aliases\":[\"a\",\"a b\"]", null, "$.Aliases[1]: the name 'a b' contains a space; " + NameRemedy)]
    [InlineData("\"Aliases\":[\"shop\",\"SHOP\"]", null, "$.Aliases[1]: the alias 'SHOP' is given twice; names are compared without regard to case")]
    [InlineData("\"Dns\":{\"Domain\":\"\"}", null, "$.Dns.Domain: the domain '' has 0 characters; use 1 to 253")]
    [InlineData("\"Owner\":{\"Engine\":\"\",\"Id\":\"1\"}", null, "$.Owner.Engine: the name is empty; " + NameRemedy)]
    [InlineData("\"Owner\":{\"Engine\":\"cli\",\"Id\":\"\"}", null, "$.Owner.Id: the owner's id is empty; give the engine's own id of the workload")]
    [InlineData("\"Owner\":{\"Engine\":\"cli\",\"Id\":\"a\\nb\"}", null, "$.Owner.Id: the owner's id 'a\\u000Ab' contains control characters; leave them out")]
    [InlineData("\"Owner\":{\"Engine\":\"cli\",\"Id\":\"1\",\"Name\":\"\\u0007\"}", null, "$.Owner.Name: the owner's name '\\u0007' contains control characters; leave them out")]
    [InlineData("\"Owner\":{\"Engine\":\"cli\",\"Id\":\"1\",\"Labels\":{\"\":\"x\"}}", null, "$.Owner.Labels: the label '' is out of size; keys have 1 to 255 characters, values at most 4096")]
    [InlineData("\"Owner\":{\"Engine\":\"cli\",\"Id\":\"1\",\"Labels\":{\"a\":null}}", null, "$.Owner.Labels: the label 'a' is out of size; keys have 1 to 255 characters, values at most 4096")]
    public void Spec_Wrong_SaysWhatAndWhere(string members, uint? code, string expected) => Expect.Finding(Validate(members), expected, code);

    [Theory]
    [InlineData("\"VirtualNic\":{},\"NamespaceId\":\"" + Id + "\"", "$.VirtualNic: the NIC of a virtual machine is in no namespace; leave one of the two out")]
    [InlineData("\"VirtualNic\":{},\"HandedOver\":true", "$.VirtualNic: the NIC of a virtual machine is not handed over to an engine; leave one of the two out")]
    [InlineData("\"VirtualNic\":{},\"Routes\":[{\"Destination\":\"10.9.0.0/16\"}]", "$.Routes: routes inside a virtual machine are set there; leave them out")]
    [InlineData("\"VirtualNic\":{\"User\":4294967295}", "$.VirtualNic.User: 4294967295 is the number of no user; give one of /etc/passwd, or leave it out")]
    [InlineData("\"VirtualNic\":{\"Group\":4294967295}", "$.VirtualNic.Group: 4294967295 is the number of no group; give one of /etc/group, or leave it out")]
    public void VirtualNic_Wrong_SaysWhatAndWhere(string members, string expected) => Expect.Finding(Validate(members), expected, HcnErrorCode.InvalidEndpoint);

    [Fact]
    public void VirtualNic_OfAnotherHost_IsRefused() => Expect.Finding(
        Validate("\"VirtualNic\":{},\"ProviderAddress\":\"192.0.2.9\",\"Addresses\":[\"10.1.0.2\"],\"MacAddress\":\"02:15:5d:01:02:03\""),
        "$.VirtualNic: a virtual machine of another host has its NIC there; leave it out", HcnErrorCode.InvalidRemoteEndpointOperation);

    [Fact]
    public void VirtualNic_WithEverythingElse_HasNoFindings() => Expect.Findings(Validate("""
        "VirtualNic":{"User":107,"Group":36,"MultiQueue":true},"InterfaceName":"tap-vm1","Publications":[{"HostPort":80,"ContainerPort":8080}],
        "Bandwidth":{"IncomingRate":1000000,"OutgoingRate":1000000},"Apart":true,"Aliases":["shop"]
        """));

    [Fact]
    public void Spec_WithoutNetwork_IsRefused() => Expect.Finding(EndpointSpecValidator.Validate(new EndpointSpec { NetworkId = Guid.Empty }),
        "$.NetworkId: the endpoint names no network; give the network's id", HcnErrorCode.NetworkNotFound);

    [Fact]
    public void Spec_WithTooMuchOfEverything_IsRefused()
    {
        var spec = new EndpointSpec
        {
            NetworkId = Guid.Parse(Id),
            Aliases = [.. Enumerable.Range(0, 33).Select(i => $"alias{i}")],
            Owner = new Owner("cli", new string('i', 256), null, new string('m', 256),
                Enumerable.Range(0, 257).ToImmutableDictionary(i => $"label{i}", _ => "")),
        };

        Expect.Findings(EndpointSpecValidator.Validate(spec),
            "$.Aliases: 33 aliases are too many; give at most 32",
            "$.Owner.Id: the owner's id has 256 characters; use at most 255",
            "$.Owner.Image: the owner's image has 256 characters; use at most 255",
            "$.Owner.Labels: 257 labels are too many; give at most 256");
    }

    [Theory]
    [InlineData("""{"Network":""}""", HcnErrorCode.NetworkNotFound, "$.Network: the network is empty; give its name or id")]
    [InlineData("""{"Network":"a\u0000"}""", HcnErrorCode.NetworkNotFound, "$.Network: the network 'a\\u0000' contains control characters; give its name or id")]
    [InlineData("""{"Network":"web","Name":""}""", HcnErrorCode.InvalidEndpoint, "$.Name: the name is empty; " + NameRemedy)]
    [InlineData("""{"Network":"web","Namespace":" "}""", HcnErrorCode.NamespaceAttachFailed, "$.Namespace: the namespace is empty; give its name or id")]
    [InlineData("""{"Network":"web","NetnsPath":"c1"}""", HcnErrorCode.NamespaceAttachFailed,
        "$.NetnsPath: the namespace path 'c1' is not absolute; use one that starts with '/', for example /proc/1234/ns/net")]
    [InlineData("""{"Network":"web","NetnsPath":"/a","Namespace":"c1"}""", HcnErrorCode.NamespaceAttachFailed,
        "$.NetnsPath: both Namespace and NetnsPath are given; give one of them")]
    [InlineData("""{"Network":"web","InterfaceName":"a/b"}""", HcnErrorCode.InvalidEndpoint,
        "$.InterfaceName: the interface name 'a/b' contains '/'; use 1 to 15 printable ASCII characters without '/', ':', '%' and spaces")]
    [InlineData("""{"Network":"web","Publications":[{"HostPort":80,"ContainerPort":80},{"HostPort":80,"ContainerPort":81}]}""", HcnErrorCode.PortAlreadyExists,
        "$.Publications[1].HostPort: publication 80:81 claims host ports of publication 80:80 in the same request; choose other host ports")]
    public void CreateRequest_Wrong_SaysWhatAndWhere(string json, uint code, string expected) =>
        Expect.Finding(EndpointRequestValidator.Validate(FairwayJson.Deserialize<CreateEndpointRequest>(json)), expected, code);

    [Theory]
    [InlineData("""{}""", HcnErrorCode.NamespaceAttachFailed, "$.Namespace: the request names no namespace; give Namespace or NetnsPath")]
    [InlineData("""{"NetnsPath":""}""", HcnErrorCode.NamespaceAttachFailed,
        "$.NetnsPath: the namespace path is empty; use an absolute path, for example /proc/1234/ns/net")]
    [InlineData("""{"NetnsPath":"/a\nb"}""", HcnErrorCode.NamespaceAttachFailed,
        "$.NetnsPath: the namespace path contains control characters; use an absolute path, for example /proc/1234/ns/net")]
    [InlineData("""{"Namespace":"c1","InterfaceName":"eth0:1"}""", HcnErrorCode.InvalidEndpoint,
        "$.InterfaceName: the interface name 'eth0:1' contains ':'; use 1 to 15 printable ASCII characters without '/', ':', '%' and spaces")]
    public void AttachEndpointRequest_Wrong_SaysWhatAndWhere(string json, uint code, string expected) =>
        Expect.Finding(EndpointRequestValidator.Validate(FairwayJson.Deserialize<AttachEndpointRequest>(json)), expected, code);

    [Fact]
    public void Reference_300CharactersLong_IsRefused() => Expect.Findings(
        EndpointRequestValidator.Validate(new CreateEndpointRequest { Network = new string('n', 300) }),
        "$.Network: the network 'nnnnnnnnnnnnnnnn...' has 300 characters; give its name or id");

    [Fact]
    public void AttachRequest_WrongInManyWays_HasEveryFinding()
    {
        var request = FairwayJson.Deserialize<AttachRequest>("""
            {"Network":"","Endpoint":"-","NetnsPath":"relative","InterfaceName":"lo","Addresses":["224.0.0.1"],"MacAddress":"ff:ff:ff:ff:ff:ff",
             "Publish":[{"HostPort":65535,"ContainerPort":80,"Count":2}],"Aliases":[""],"Owner":{"Engine":"a b","Id":"1"}}
            """);

        Assert.Equal(["$.Network", "$.Endpoint", "$.NetnsPath", "$.InterfaceName", "$.Addresses[0]", "$.MacAddress", "$.Publish[0].Count", "$.Aliases[0]", "$.Owner.Engine"],
            AttachRequestValidator.Validate(request).Select(finding => finding.Path));
    }

    [Fact]
    public void AttachRequest_WithTheLeast_HasNoFindings() =>
        Expect.Findings(AttachRequestValidator.Validate(new AttachRequest { Network = "web", NetnsPath = "/proc/1/ns/net" }));

    [Fact]
    public void DetachRequest_Wrong_SaysWhatAndWhere()
    {
        Expect.Findings(AttachRequestValidator.Validate(new DetachRequest(new Owner("cni", "1"), "eth0")));
        Expect.Findings(AttachRequestValidator.Validate(new DetachRequest(new Owner("cni", ""), "")),
            "$.Owner.Id: the owner's id is empty; give the engine's own id of the workload",
            "$.InterfaceName: the interface name is empty; use 1 to 15 printable ASCII characters without '/', ':', '%' and spaces");
    }

    private static ImmutableArray<Finding> Validate(string members) => EndpointSpecValidator.Validate(
        FairwayJson.Deserialize<EndpointSpec>($$"""{"NetworkId":"{{Id}}"{{(members is "" ? "" : ",")}}{{members}}}"""));
}
