using System.Text;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Namespaces;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Namespaces;

namespace Fairway.Model.Tests.Hcn;

public sealed class NamespaceTranslationTests
{
    private const string Id = "9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8";

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Type":"HostDefault","ReadyOnCreate":true,"CreateWithCompartment":true,"Resources":[]}""")]
    [InlineData("""{"ID":"9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8","NamespaceGuid":"9f1d2c3b-4a5e-4f60-8172-93a4b5c6d7e8"}""")]
    public void Document_Honoured_BecomesASpec(string json) => Read(json);

    [Fact]
    public void Document_WithAGuidOnly_HasItAsId() => Assert.Equal(Guid.Parse(Id), Read($$"""{"NamespaceGuid":"{{Id}}"}""").Id);

    /// <summary>What is inside of a machine has no path, and is returned as what it was asked for.</summary>
    [Theory]
    [InlineData("\"Guest\"", NamespaceType.Guest)]
    [InlineData("3", NamespaceType.GuestDefault)]
    public void Guest_BecomesASpec_AndIsReturned(string type, NamespaceType expected)
    {
        var spec = Read($$"""{"Type":{{type}}}""");
        Assert.True(spec.Guest);
        Assert.Equal(expected, HcnNamespaceTranslation.ToDocument(new NetworkNamespace(spec with { Id = Guid.Parse(Id) }, [], 1)).Type);
        var made = HcnNamespaceTranslation.ToDocument(new NetworkNamespace(new NamespaceSpec { Id = Guid.Parse(Id), Name = "vm1", Guest = true }, [], 1));
        Assert.Equal(NamespaceType.Guest, made.Type);
    }

    [Theory]
    [InlineData("\"Type\":\"Guest\",\"AdditionalParams\":{\"NetnsPath\":\"/run/netns/c1\"}", HcnErrorCode.InvalidArgument, "$.AdditionalParams.NetnsPath: the inside of a virtual machine has no path on the host; leave it out")]
    [InlineData("\"Resources\":[{\"Type\":\"Endpoint\",\"Data\":{\"Id\":\"x\"}}]", HcnErrorCode.RequestUnsupported, "$.Resources: resources are not taken on create; create the namespace, then add endpoints by modify")]
    [InlineData("\"CreateWithCompartment\":false", HcnErrorCode.RequestUnsupported, "$.CreateWithCompartment: a namespace without a compartment does not exist here; leave the member out")]
    [InlineData("\"ID\":\"" + Id + "\",\"NamespaceGuid\":\"71CD3B74-1A0A-447E-BF9E-3716C6652176\"", HcnErrorCode.GuidConversionFailure, "$.NamespaceGuid: the GUID differs from the ID, and both name this namespace; give one of them")]
    [InlineData("\"NamespaceId\":1", null, "$.NamespaceId: compartment 1 is the host's; leave the number out, the service picks one")]
    [InlineData("\"Name\":\"/etc\"", null, "$.Name: the name '/etc' contains '/'; use 1 to 63 of A-Z, a-z, 0-9, '_', '.' and '-', a letter or digit first")]
    [InlineData("\"AdditionalParams\":{\"NetnsPath\":\"c1\"}", HcnErrorCode.NamespaceAttachFailed, "$.AdditionalParams.NetnsPath: the namespace path 'c1' is not absolute; use one that starts with '/', for example /proc/1234/ns/net")]
    [InlineData("\"SchemaVersion\":{\"Major\":1}", HcnErrorCode.RequestUnsupported, "$.SchemaVersion: schema version 1.0 is not known; use 2.0 to 2.16")]
    public void Document_NotHonoured_IsRefusedInWords(string members, uint? code, string expected)
    {
        var error = Assert.Throws<FairwayException>(() => Read($$"""{ {{members}} }"""));

        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(code, error.Findings[0].HcnCode);
    }

    [Fact]
    public void Namespace_MadeElsewhere_IsWrittenWhole()
    {
        var compartment = new NetworkNamespace(new NamespaceSpec { Id = Guid.Parse(Id), Name = "c1", Path = "/run/netns/fairway-c1", Owned = true, CompartmentId = 4 }, [], 1);

        Assert.Equal("""
            {"ID":"9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8","Name":"c1","NamespaceId":4,"NamespaceGuid":"9F1D2C3B-4A5E-4F60-8172-93A4B5C6D7E8","Type":"Host","Resources":[],"AdditionalParams":{"NetnsPath":"/run/netns/fairway-c1"},"Health":{"Data":{"LastErrorCode":0}},"SchemaVersion":{"Major":2,"Minor":0}}
            """.Trim(), HcnJson.Write(HcnNamespaceTranslation.ToDocument(compartment)));
    }

    private static NamespaceSpec Read(string json) => HcnNamespaceTranslation.ToSpec(HcnReader.ReadNamespace(Encoding.UTF8.GetBytes(json)));
}
