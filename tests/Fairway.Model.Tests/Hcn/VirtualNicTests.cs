using System.Text;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Tests.Hcn;

/// <summary>Endpoints that are NICs of virtual machines, as documents.</summary>
public sealed class VirtualNicTests
{
    [Fact]
    public void Document_BecomesASpec_AndIsReturned()
    {
        const string Nic = """{"User":107,"Group":"36","MultiQueue":true,"Slot":3}""";
        EndpointSpec spec = Read($$$"""{"AdditionalParams":{"VirtualNic":{{{Nic}}},"InterfaceName":"tap-vm1"}}""");
        Assert.Equal((new VirtualNic { User = 107, Group = 36, MultiQueue = true }, "tap-vm1"), (spec.VirtualNic, spec.InterfaceName));
        Assert.Contains($"\"VirtualNic\":{Nic}", Write(spec), StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyObject_IsEnough_AndNoneIsNoMachine()
    {
        Assert.Equal(new VirtualNic(), Read("""{"AdditionalParams":{"VirtualNic":{}}}""").VirtualNic);
        Assert.Null(Read("""{"AdditionalParams":{"VirtualNic":null}}""").VirtualNic);
        Assert.Null(Read("{}").VirtualNic);
    }

    [Fact]
    public void MadeElsewhere_IsWritten()
    {
        var spec = new EndpointSpec { NetworkId = SampleTests.Web.Spec.Id, VirtualNic = new VirtualNic { User = 5 } };
        Assert.Contains("\"VirtualNic\":{\"User\":5}", Write(spec), StringComparison.Ordinal);
        Assert.DoesNotContain("VirtualNic", Write(spec with { VirtualNic = null }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"HostComputeNamespace\":\"71CD3B74-1A0A-447E-BF9E-3716C6652176\",\"AdditionalParams\":{\"VirtualNic\":{}}", HcnErrorCode.InvalidEndpoint,
        "$.AdditionalParams.VirtualNic: the NIC of a virtual machine is in no namespace; leave one of the two out")]
    [InlineData("\"AdditionalParams\":{\"VirtualNic\":{\"User\":4294967295}}", HcnErrorCode.InvalidEndpoint,
        "$.AdditionalParams.VirtualNic.User: 4294967295 is the number of no user; give one of /etc/passwd, or leave it out")]
    [InlineData("\"AdditionalParams\":{\"VirtualNic\":{\"User\":-1}}", HcnErrorCode.InvalidJson, null)]
    [InlineData("\"AdditionalParams\":{\"VirtualNic\":true}", HcnErrorCode.InvalidJson, null)]
    [InlineData("\"AdditionalParams\":{\"VirtualNic\":{}},\"Routes\":[{\"NextHop\":\"10.1.0.1\",\"DestinationPrefix\":\"10.9.0.0/16\"}]", HcnErrorCode.InvalidEndpoint,
        "$.Routes: routes inside a virtual machine are set there; leave them out")]
    public void Document_Wrong_IsRefusedInWords(string members, uint code, string? expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{ {{members}} }"""));
        Assert.Equal(code, error.Findings[0].HcnCode);
        if (expected is not null)
            Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
    }

    private static EndpointSpec Read(string json) => HcnEndpointTranslation.ToSpec(HcnReader.ReadEndpoint(Encoding.UTF8.GetBytes(json)), SampleTests.Web);

    private static string Write(EndpointSpec spec) => HcnJson.Write(HcnEndpointTranslation.ToDocument(SampleTests.Stored(spec), SampleTests.Web));
}
