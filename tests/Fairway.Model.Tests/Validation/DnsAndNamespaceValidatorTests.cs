using Fairway.Model.Dns;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Namespaces;
using Fairway.Model.Validation;

namespace Fairway.Model.Tests.Validation;

public sealed class DnsAndNamespaceValidatorTests
{
    private const string LabelRemedy = "join labels of 1 to 63 of A-Z, a-z, 0-9, '-' and '_' by dots";

    [Fact]
    public void DnsSettings_Right_HaveNoFindings() => Expect.Findings(DnsSettingsValidator.Validate(
        new DnsSettings("corp.example.", ["corp.example", "_tcp.example"], ["127.0.0.53", "fd00::53"], ["ndots:2", "rotate"])));

    [Theory]
    [InlineData("""{"Domain":""}""", "$.Domain: the domain '' has 0 characters; use 1 to 253")]
    [InlineData("""{"Search":["ok","a b"]}""", "$.Search[1]: the domain 'a b' is not a DNS name; " + LabelRemedy)]
    [InlineData("""{"Search":["a\nnameserver 6.6.6.6"]}""", "$.Search[0]: the domain 'a\\u000Anameserver 6.6.6.6' is not a DNS name; " + LabelRemedy)]
    [InlineData("""{"Search":["-a"]}""", "$.Search[0]: the domain '-a' is not a DNS name; " + LabelRemedy)]
    [InlineData("""{"Search":["a..b"]}""", "$.Search[0]: the domain 'a..b' is not a DNS name; " + LabelRemedy)]
    [InlineData("""{"Options":["ndots:2 rotate"]}""", "$.Options[0]: the resolver option 'ndots:2 rotate' is not one word; write options one by one, for example ndots:2")]
    [InlineData("""{"Options":[""]}""", "$.Options[0]: the resolver option '' is not one word; write options one by one, for example ndots:2")]
    public void DnsSettings_Wrong_SayWhatAndWhere(string json, string expected) =>
        Expect.Finding(DnsSettingsValidator.Validate(FairwayJson.Deserialize<DnsSettings>(json)), expected, null);

    [Theory]
    [InlineData("dns.example", "$.Servers[0]: the name server 'dns.example' is not an IP address")]
    [InlineData("0.0.0.0", "$.Servers[0]: the name server '0.0.0.0' is no address of a host; use the address of a name server")]
    [InlineData("224.0.0.251", "$.Servers[0]: the name server '224.0.0.251' is no address of a host; use the address of a name server")]
    [InlineData("ff02::fb", "$.Servers[0]: the name server 'ff02::fb' is no address of a host; use the address of a name server")]
    public void Server_Wrong_SaysWhy(string server, string expected) =>
        Expect.Finding(DnsSettingsValidator.Validate(new DnsSettings(Servers: [server])), expected, HcnErrorCode.InvalidIp);

    [Fact]
    public void DnsSettings_TooLong_AreRefused()
    {
        var label = new string('a', 64);
        Expect.Findings(DnsSettingsValidator.Validate(new DnsSettings(new string('a', 300), [label], [], [.. Enumerable.Repeat("rotate", 33)])),
            $"$.Domain: the domain '{label}...' has 300 characters; use 1 to 253",
            $"$.Search[0]: the domain '{label}' is not a DNS name; {LabelRemedy}",
            "$.Options: 33 entries are too many; give at most 32");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Name":"c1"}""")]
    [InlineData("""{"Path":"/proc/12/ns/net"}""")]
    public void Namespace_Right_HasNoFindings(string json) => Expect.Findings(NamespaceSpecValidator.Validate(FairwayJson.Deserialize<NamespaceSpec>(json)));

    [Theory]
    [InlineData("""{"Name":"/etc"}""", "$.Name: the name '/etc' contains '/'; use 1 to 63 of A-Z, a-z, 0-9, '_', '.' and '-', a letter or digit first")]
    [InlineData("""{"Path":"netns/c1"}""", "$.Path: the namespace path 'netns/c1' is not absolute; use one that starts with '/', for example /proc/1234/ns/net")]
    [InlineData("""{"CompartmentId":1}""", "$.CompartmentId: compartment 1 is the host's; leave the number out, the service picks one")]
    public void Namespace_Wrong_SaysWhatAndWhere(string json, string expected) =>
        Expect.Findings(NamespaceSpecValidator.Validate(FairwayJson.Deserialize<NamespaceSpec>(json)), expected);

    [Fact]
    public void Path_TooLong_IsRefused() => Expect.Findings(NamespaceSpecValidator.Validate(new NamespaceSpec { Path = "/" + new string('a', 4095) }),
        "$.Path: the namespace path has 4096 characters; use at most 4095");
}
