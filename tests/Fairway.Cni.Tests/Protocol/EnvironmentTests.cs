using Fairway.Cni.Protocol;
using Fairway.Cni.Tests.Fixtures;

namespace Fairway.Cni.Tests.Protocol;

public sealed class EnvironmentTests
{
    private static readonly CniCall s_add = new("ADD") { Netns = "/var/run/netns/c1" };

    [Fact]
    public void Add_NeedsContainerNamespaceAndInterface_AndNamesAllThatAreMissing()
    {
        var refusal = Refused(s_add with { ContainerId = null, Netns = null, InterfaceName = null });

        Assert.Contains("CNI_CONTAINERID", refusal, StringComparison.Ordinal);
        Assert.Contains("CNI_NETNS", refusal, StringComparison.Ordinal);
        Assert.Contains("CNI_IFNAME", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Del_NeedsNoNamespace(string? netns) =>
        Assert.Equal("c1", Read(new CniCall("DEL") { Netns = netns }).ContainerId);

    [Theory]
    [InlineData("GC")]
    [InlineData("STATUS")]
    [InlineData("VERSION")]
    public void Others_NeedNothing(string command) =>
        Assert.Equal(command, Read(new CniCall(command) { ContainerId = null, Netns = null, InterfaceName = null }).Command.ToString().ToUpperInvariant());

    [Theory]
    [InlineData("-first", "CNI_CONTAINERID")]
    [InlineData("a/../../b", "CNI_CONTAINERID")]
    [InlineData("a b", "CNI_CONTAINERID")]
    [InlineData("ü", "CNI_CONTAINERID")]
    public void ContainerId_OutsideOfItsAlphabet_IsRefused(string id, string named) =>
        Assert.Contains(named, Refused(s_add with { ContainerId = id }), StringComparison.Ordinal);

    [Fact]
    public void ContainerId_OfAnyLength_IsRefused() => Assert.Contains("255", Refused(s_add with { ContainerId = new string('a', 256) }), StringComparison.Ordinal);

    [Theory]
    [InlineData("eth0/1")]
    [InlineData("a-name-of-sixteen")]
    [InlineData("lo")]
    [InlineData("..")]
    public void InterfaceName_TheKernelWouldNotTake_IsRefused(string name) =>
        Assert.Contains("CNI_IFNAME", Refused(s_add with { InterfaceName = name }), StringComparison.Ordinal);

    [Fact]
    public void Namespace_WithARelativePath_IsRefused() => Assert.Contains("CNI_NETNS", Refused(s_add with { Netns = "c1" }), StringComparison.Ordinal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("add")]
    [InlineData("UPDATE")]
    public void Command_Unknown_IsRefused(string? command) => Assert.Contains("CNI_COMMAND", Refused(s_add with { Command = command! }), StringComparison.Ordinal);

    [Fact]
    public void Arguments_OfKubernetes_TellThePod()
    {
        var arguments = Read(s_add with { Arguments = "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID=abc;K8S_POD_UID=42;NEW=1" }).Arguments;

        Assert.Equal(("shop", "web-0", "42"), (arguments.PodNamespace, arguments.PodName, arguments.PodUid));
    }

    [Fact]
    public void Arguments_Unknown_AreRefused_UnlessToldNotTo()
    {
        Assert.Contains("'COLOUR'", Refused(s_add with { Arguments = "K8S_POD_NAME=web;COLOUR=red" }), StringComparison.Ordinal);
        Read(s_add with { Arguments = "COLOUR=red;IgnoreUnknown=true" });
    }

    [Fact]
    public void Arguments_WithoutEqualsSign_AreRefused() => Assert.Contains("'K8S_POD_NAME'", Refused(s_add with { Arguments = "K8S_POD_NAME" }), StringComparison.Ordinal);

    [Fact]
    public void Arguments_OfDel_AreNotRead() => Read(new CniCall("DEL") { Arguments = "broken" });

    private static CniEnvironment Read(CniCall call) => CniEnvironment.Read(call.Environment.GetValueOrDefault);

    private static string Refused(CniCall call)
    {
        var refusal = Assert.Throws<CniException>(() => Read(call));
        Assert.Equal(CniErrorCode.InvalidEnvironment, refusal.Code);
        return refusal.Message;
    }
}
