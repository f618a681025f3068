using System.Net;
using System.Text;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Routes;

namespace Fairway.Model.Tests.Hcn;

/// <summary>HostComputeRoute documents: read, returned, refused.</summary>
public sealed class RouteTranslationTests
{
    private const string Endpoint = "0A3C7B1E-5D2F-4E8A-9B6C-1D2E3F4A5B6C";
    private const string Network = "71CD3B74-1A0A-447E-BF9E-3716C6652176";
    private const string Way = """{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.1","NeedEncap":false}""";
    private const string Other = """{"DestinationPrefix":"2001:db8:99::/48","NextHop":"2001:db8:52::2","NeedEncap":true}""";

    /// <summary>hcsshim writes Setting, the schema and hns.v2.psm1 Routes; what was read from here has both.</summary>
    [Theory]
    [InlineData($"\"Setting\":[{Way},{Other}]")]
    [InlineData($"\"Routes\":[{Way},{Other}]")]
    [InlineData($"\"Routes\":[{Way},{Other}],\"Setting\":[{Way},{Other}]")]
    [InlineData($"\"Routes\":[{Way}],\"Setting\":[{Other}]")]
    public void Document_BecomesASpec_UnderEitherSpelling(string routes)
    {
        var spec = Read($$"""{"ID":"{{Endpoint}}","HostComputeNetwork":"{{Network}}","HostComputeEndpoints":["{{Endpoint}}"],"SchemaVersion":{"Major":2,"Minor":0},{{routes}}}""");
        Assert.Equal((Guid.Parse(Endpoint), (Guid?)Guid.Parse(Network)), (spec.Id, spec.NetworkId));
        Assert.Equal([Guid.Parse(Endpoint)], spec.Endpoints);
        Assert.Equal(
            [
                new SwitchRoute(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("192.0.2.1")),
                new SwitchRoute(IPNetwork.Parse("2001:db8:99::/48"), IPAddress.Parse("2001:db8:52::2"), Encapsulate: true),
            ],
            spec.Routes);
    }

    [Theory]
    [InlineData("\"Routes\":[]", HcnErrorCode.InvalidPolicy, "$.Routes: the route leads nowhere; give a prefix and its next hop")]
    [InlineData("\"Setting\":[{\"DestinationPrefix\":\"169.254.169.254/24\",\"NextHop\":\"192.0.2.1\"}]", HcnErrorCode.InvalidPrefix, "$.Setting[0].DestinationPrefix: '169.254.169.254/24' has host bits set; write 169.254.169.0/24")]
    [InlineData("\"Setting\":[{\"DestinationPrefix\":\"10.9.0.0/16\"}]", HcnErrorCode.InvalidIp, "$.Setting[0].NextHop: the route has no next hop; give the address of a router")]
    [InlineData("\"Setting\":[{\"DestinationPrefix\":\"10.9.0.0/16\",\"NextHop\":\"127.10.0.34\"}]", HcnErrorCode.AddressInvalidOrReserved, "$.Setting[0].NextHop: next hop 127.10.0.34 belongs to 127.0.0.0/8, reserved for loopback; give the address of a router")]
    [InlineData("\"Routes\":[{\"DestinationPrefix\":\"10.9.0.0/16\",\"NextHop\":\"fd00::1\"}]", HcnErrorCode.InvalidIp, "$.Routes[0].NextHop: next hop fd00::1 is not of the family of 10.9.0.0/16; give one that is")]
    [InlineData("\"Routes\":[" + Way + "],\"Setting\":[{\"DestinationPrefix\":\"203.0.113.0/24\",\"NextHop\":\"192.0.2.9\"}]", HcnErrorCode.PolicyAlreadyExists, "$.Setting[0].DestinationPrefix: the route to 203.0.113.0/24 is given twice; give it once")]
    [InlineData("\"Routes\":[{\"DestinationPrefix\":\"10.9.0.0/16\",\"NextHop\":\"192.0.2.1\",\"AutomaticEndpointMonitor\":true}]", HcnErrorCode.RequestUnsupported, "$.Routes[0].AutomaticEndpointMonitor: routes do not follow endpoints in this release; leave the member out")]
    [InlineData("\"HostComputeEndpoints\":[\"web\"],\"Routes\":[" + Way + "]", HcnErrorCode.EndpointNotFound, "$.HostComputeEndpoints[0]: 'web' is no id of an endpoint; give its GUID")]
    [InlineData("\"HostComputeEndpoints\":[\"" + Endpoint + "\",\"" + Endpoint + "\"],\"Routes\":[" + Way + "]", HcnErrorCode.InvalidPolicy, "$.HostComputeEndpoints[1]: endpoint 0a3c7b1e-5d2f-4e8a-9b6c-1d2e3f4a5b6c is given twice; give it once")]
    [InlineData("\"HostComputeNetwork\":\"web\",\"Routes\":[" + Way + "]", HcnErrorCode.NetworkNotFound, "$.HostComputeNetwork: 'web' is no id of a network; give its GUID")]
    [InlineData("\"SchemaVersion\":{\"Major\":1},\"Routes\":[" + Way + "]", HcnErrorCode.RequestUnsupported, "$.SchemaVersion: schema version 1.0 is not known; use 2.0 to 2.16")]
    public void Document_NotHonoured_IsRefusedInWords(string members, uint code, string expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($"{{{members}}}"));
        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Fact]
    public void Document_IsReturnedAsSent_WithTheEndpointsOfNow_UnderBothSpellings()
    {
        var spec = Read($$"""{"HostComputeEndpoints":["{{Endpoint}}"],"Setting":[{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.1","Colour":"red"}],"Mesh":"blue"}""");
        const string Sent = """[{"DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.1","Colour":"red"}]""";
        var returned = HcnJson.Write(HcnRouteTranslation.ToDocument(new Route(spec with { Id = Guid.Parse(Endpoint), Name = "r", Endpoints = [] }, 1)));
        Assert.Equal(
            $$$"""{"ID":"{{{Endpoint}}}","HostComputeEndpoints":[],"Routes":{{{Sent}}},"Setting":{{{Sent}}},"Health":{"Data":{"LastErrorCode":0}},"SchemaVersion":{"Major":2,"Minor":0},"Mesh":"blue"}""",
            returned);
        // And can be sent again as it was read.
        Assert.Equal(spec.Routes, Read(returned).Routes);
    }

    [Fact]
    public void Route_MadeElsewhere_IsWrittenWhole()
    {
        var route = new Route(
            new RouteSpec { Id = Guid.Parse(Endpoint), Name = "r", NetworkId = Guid.Parse(Network), Routes = [new SwitchRoute(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("192.0.2.1"))] }, 1);
        Assert.Equal(
            $$$"""{"ID":"{{{Endpoint}}}","HostComputeNetwork":"{{{Network}}}","HostComputeEndpoints":[],"Routes":[{{{Way}}}],"Setting":[{{{Way}}}],"Health":{"Data":{"LastErrorCode":0}},"SchemaVersion":{"Major":2,"Minor":0}}""",
            HcnJson.Write(HcnRouteTranslation.ToDocument(route)));
    }

    [Fact]
    public void Answer_OfTheEngine_NamesTheDocumentsMembers()
    {
        var document = HcnReader.ReadRoute(Encoding.UTF8.GetBytes($$"""{"Setting":[{{Way}}]}"""));
        var problem = new FairwayException(ErrorKind.InvalidArgument, "route", "no")
        {
            Findings = [new Finding("$.Routes[0].Encapsulate", "no", null), new Finding("$.Endpoints[3]", "no", null)],
        };
        Assert.Equal(["$.Setting[0].NeedEncap", "$.HostComputeEndpoints[3]"], HcnRouteTranslation.Explain(document, problem).Findings.Select(finding => finding.Path));
    }

    private static RouteSpec Read(string json) => HcnRouteTranslation.ToSpec(HcnReader.ReadRoute(Encoding.UTF8.GetBytes(json)));
}
