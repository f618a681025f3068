using System.Text;
using Fairway.Model.Attach;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Networks;
using Fairway.Model.Requests;

namespace Fairway.Model.Tests.Json;

public sealed class RequestReadingTests
{
    [Theory]
    [InlineData("""{"Name":"web","Subnets":[{"Prefix":"10.1.0.9/16"}]}""", "$.Subnets[0].Prefix", "'10.1.0.9/16' has host bits set; write 10.1.0.0/16")]
    [InlineData("""{"Name":"web","Subnets":[{"Prefix":"10.1.0.0"}]}""", "$.Subnets[0].Prefix", "'10.1.0.0' has no prefix length; write 10.1.0.0/32 for this one address")]
    [InlineData("""{"Name":"web","Subnets":[{"Prefix":7}]}""", "$.Subnets[0].Prefix", "a prefix is written as a string")]
    [InlineData("""{"Name":"web","Subnets":[{}]}""", "$.Subnets[0]", "'Prefix' must be given")]
    [InlineData("""{"Name":"web","Subnets":{}}""", "$.Subnets", "the value is not an array")]
    [InlineData("""{"Name":"web","Subnets":null}""", "$.Subnets", "the value is not an array")]
    [InlineData("""{"Name":"web","Type":"Nope"}""", "$.Type", "'Nope' is not a NetworkType; use Nat, Internal, Private, Transparent, L2Bridge, L2Tunnel, Overlay")]
    [InlineData("""{"Name":"web","Type":99}""", "$.Type", "99 is not a NetworkType; use Nat, Internal, Private, Transparent, L2Bridge, L2Tunnel, Overlay")]
    [InlineData("""{"Name":"web","Type":{}}""", "$.Type", "a NetworkType is written as a string; use Nat, Internal, Private, Transparent, L2Bridge, L2Tunnel, Overlay")]
    [InlineData("""{"Name":"web","Mtu":"big"}""", "$.Mtu", "the value is not a whole number")]
    [InlineData("""{"Name":"web","Mtu":99999999999}""", "$.Mtu", "the value is not a whole number")]
    [InlineData("""{"Name":"web","Id":"7"}""", "$.Id", "the value is not a GUID like 7f0c3f52-2f0d-4a0e-9d3f-0c1d2e3f4a5b")]
    [InlineData("""{"Name":"web","Mtuu":1400}""", "$.Mtuu", "'Mtuu' is not a member of this document; correct its spelling or leave it out")]
    [InlineData("""{"Name":"web","Name":"lan"}""", "$.Name", "'Name' is given twice; give it once")]
    [InlineData("""{"Name":null}""", "$.Name", "null is not a value here; leave the member out")]
    [InlineData("""{"Name":true}""", "$.Name", "the value is not a string")]
    [InlineData("""{}""", "$", "'Name' must be given")]
    [InlineData("""null""", "$", "the document is null")]
    [InlineData("""[]""", "$", "the value is not an object")]
    public void NetworkSpec_Wrong_SaysWhereAndWhat(string json, string path, string message) => AssertRefused<NetworkSpec>(json, path, message);

    [Theory]
    [InlineData("""{"Network":"web","MacAddress":"1:2"}""", "$.MacAddress", "'1:2' is not a MAC address; write six octets like 02:15:5d:01:02:03")]
    [InlineData("""{"Network":"web","Addresses":["10.1"]}""", "$.Addresses[0]", "'10.1' is not an IP address; write four octets, for example 10.0.0.1")]
    [InlineData("""{"Network":"web","Publications":[{"HostPort":70000,"ContainerPort":1}]}""", "$.Publications[0].HostPort", "the value is not a whole number from 0 to 65535")]
    [InlineData("""{"Network":"web","Publications":[{"HostPort":-1,"ContainerPort":1}]}""", "$.Publications[0].HostPort", "the value is not a whole number from 0 to 65535")]
    [InlineData("""{"Network":"web","Owner":{"Engine":"cli"}}""", "$.Owner", "'Id' must be given")]
    public void CreateEndpointRequest_Wrong_SaysWhereAndWhat(string json, string path, string message) =>
        AssertRefused<CreateEndpointRequest>(json, path, message);

    [Theory]
    [InlineData("""{"Network":"web","Aliases":["a",null]}""", "$.Aliases[1]")]
    [InlineData("""{"Network":"web","Publications":[null]}""", "$.Publications[0]")]
    [InlineData("""{"Network":"web","Publications":[{"HostPort":1,"From":["10.0.0.0/8"]},{"From":["10.0.0.0/8",null]}]}""", "$.Publications[1].From[1]")]
    [InlineData("""{"Network":"web","Addresses":[{"A":{},"B":[]},null]}""", "$.Addresses[1]")]
    public void Element_Null_IsRefused(string json, string path) => AssertRefused<CreateEndpointRequest>(json, path, "null is not an element here; leave it out");

    [Theory]
    [InlineData("""{"Network":"web","Aliases":["a","\ud800"]}""", "$.Aliases[1]")]
    [InlineData("""{"Network":"\udc00\ud800"}""", "$.Network")]
    [InlineData("""{"\ud800":1}""", "$.?")]
    public void String_WithHalfACharacter_IsRefused(string json, string path) =>
        AssertRefused<CreateEndpointRequest>(json, path, "the string has half of a character (\\ud800 to \\udfff alone); write the other half too");

    [Fact]
    public void Document_NotUtf8_IsRefused()
    {
        var error = Assert.Throws<FairwayException>(() => FairwayJson.ReadRequest<CreateEndpointRequest>([.. "{\"Network\":\""u8, 0xff, .. "\"}"u8]));

        Assert.Equal("read request: $: the document is not UTF-8; send it in this encoding", error.Message);
    }

    [Fact]
    public void DetachRequest_WithoutOwner_IsRefused() => AssertRefused<DetachRequest>("{}", "$", "'Owner' must be given");

    [Theory]
    [InlineData("", "there is no document")]
    [InlineData("{", "line 1, byte 2: ")]
    [InlineData("{\"Name\":\"web\"}x", "line 1, byte 15: ")]
    [InlineData("{\n  \"Name\": web\n}", "line 2, byte 11: ")]
    [InlineData("\u0000", "line 1, byte 1: ")]
    public void Syntax_Broken_IsInvalidJson_AndSaysWhere(string json, string where)
    {
        var error = Assert.Throws<FairwayException>(() => FairwayJson.ReadRequest<NetworkSpec>(Encoding.UTF8.GetBytes(json)));

        Assert.Equal((ErrorKind.InvalidArgument, HcnErrorCode.InvalidJson), (error.Kind, error.HcnCode));
        Assert.StartsWith(where, error.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_TooDeep_IsInvalidJson() =>
        Assert.Throws<FairwayException>(() => FairwayJson.ReadRequest<NetworkSpec>(Encoding.UTF8.GetBytes(new string('[', 10_000))));

    [Fact]
    public void CreateEndpointRequest_WithTheLeast_IsRead()
    {
        var request = FairwayJson.ReadRequest<CreateEndpointRequest>("""{"Network":"web","Dns":{"Servers":["1.1.1.1"]}}"""u8);

        Assert.Equal("web", request.Network);
        Assert.Equal(["1.1.1.1"], request.Dns!.Servers);
        Assert.Empty(request.Publications);
    }

    private static void AssertRefused<T>(string json, string path, string message)
    {
        var error = Assert.Throws<FairwayException>(() => FairwayJson.ReadRequest<T>(Encoding.UTF8.GetBytes(json)));

        Assert.Equal((path, message), (error.Findings[0].Path, error.Findings[0].Message));
        Assert.Equal($"read request: {path}: {message}", error.Message);
        Assert.Equal((ErrorKind.InvalidArgument, HcnErrorCode.InvalidJson), (error.Kind, error.HcnCode));
    }
}
