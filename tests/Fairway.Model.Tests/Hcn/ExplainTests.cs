using Fairway.Model.Errors;
using Fairway.Model.Hcn.Translation;

namespace Fairway.Model.Tests.Hcn;

/// <summary>The engine answers about specs; the client wrote a document.</summary>
public sealed class ExplainTests
{
    [Theory]
    [InlineData("$.Id", "$.ID")]
    [InlineData("$.Name", "$.Name")]
    [InlineData("$.Mtu", "$.AdditionalParams.Mtu")]
    [InlineData("$.Subnets", "$.Ipams")]
    [InlineData("$.Subnets[1].Prefix", "$.Ipams[1].Subnets[0].IpAddressPrefix")]
    [InlineData("$.Subnets[1].Gateway", "$.Ipams[1].Subnets[0].Routes[0].NextHop")]
    [InlineData("$.Dns.Servers[2]", "$.Dns.ServerList[2]")]
    public void Network_FindingAboutTheSpec_NamesTheDocumentsMember(string spec, string document) => Assert.Equal(document,
        HcnNetworkTranslation.Explain(Problem(spec), HcnReader.ReadNetwork(Sample.Bytes("Hcn/network-go-dual-stack.json"))).Findings[0].Path);

    [Theory]
    [InlineData("$.Id", "$.ID")]
    [InlineData("$.NetworkId", "$.HostComputeNetwork")]
    [InlineData("$.NamespaceId", "$.HostComputeNamespace")]
    [InlineData("$.MacAddress", "$.MacAddress")]
    [InlineData("$.InterfaceName", "$.AdditionalParams.InterfaceName")]
    [InlineData("$.Addresses", "$.IpConfigurations")]
    [InlineData("$.Addresses[0]", "$.IpConfigurations[0].IpAddress")]
    [InlineData("$.Publications[1]", "$.Policies[1].Settings")]
    [InlineData("$.Publications[1].HostPort", "$.Policies[1].Settings.ExternalPort")]
    [InlineData("$.Publications[2].HostAddress", "$.Policies[2].Settings.VIP")]
    public void Endpoint_FindingAboutTheSpec_NamesTheDocumentsMember(string spec, string document) => Assert.Equal(document,
        HcnEndpointTranslation.Explain(Problem(spec), HcnReader.ReadEndpoint(Sample.Bytes("Hcn/endpoint-go-nat.json")), SampleTests.Web).Findings[0].Path);

    [Theory]
    [InlineData("$.Id", "$.ID")]
    [InlineData("$.Path", "$.AdditionalParams.NetnsPath")]
    [InlineData("$.CompartmentId", "$.NamespaceId")]
    public void Namespace_FindingAboutTheSpec_NamesTheDocumentsMember(string spec, string document) => Assert.Equal(document, HcnNamespaceTranslation.Explain(Problem(spec)).Findings[0].Path);

    [Fact]
    public void Answer_IsTheSameButForItsPaths()
    {
        var problem = Problem("$.Path");

        var explained = HcnNamespaceTranslation.Explain(problem);

        Assert.Equal((problem.Kind, problem.Subject, problem.Message, problem.HcnCode), (explained.Kind, explained.Subject, explained.Message, explained.HcnCode));
        Assert.Same(problem, explained.InnerException);
    }

    private static FairwayException Problem(string path) =>
        new(ErrorKind.Conflict, "network 'web'", "taken", HcnErrorCode.PortAlreadyExists) { Findings = [new Finding(path, "taken")] };
}
