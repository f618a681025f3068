using Fairway.Cni.Protocol;
using Fairway.Cni.Tests.Fixtures;

namespace Fairway.Cni.Tests.Live;

/// <summary>Requests no runtime should make: the protocol's error form, and nothing changed.</summary>
public sealed class BadRequestTests(CniMachine host) : IClassFixture<CniMachine>
{
    [Theory]
    [InlineData("", CniErrorCode.Undecodable)]
    [InlineData("{", CniErrorCode.Undecodable)]
    [InlineData("[]", CniErrorCode.Undecodable)]
    [InlineData("null", CniErrorCode.Undecodable)]
    [InlineData("{\"cniVersion\": \"1.1.0\", \"name\": \"a\", \"name\": \"b\"}", CniErrorCode.Undecodable)]
    [InlineData("{}", CniErrorCode.IncompatibleVersion)]
    [InlineData("{\"cniVersion\": 1, \"name\": \"a\"}", CniErrorCode.IncompatibleVersion)]
    [InlineData("{\"cniVersion\": \"0.2.0\", \"name\": \"a\"}", CniErrorCode.IncompatibleVersion)]
    [InlineData("{\"cniVersion\": \"9.9.9\", \"name\": \"a\"}", CniErrorCode.IncompatibleVersion)]
    [InlineData("{\"cniVersion\": \"1.1.0\"}", CniErrorCode.InvalidConfiguration)]
    [InlineData("{\"cniVersion\": \"1.1.0\", \"name\": null}", CniErrorCode.InvalidConfiguration)]
    [InlineData("{\"cniVersion\": \"1.1.0\", \"name\": 7}", CniErrorCode.InvalidConfiguration)]
    [InlineData("{\"cniVersion\": \"1.1.0\", \"name\": \"\"}", CniErrorCode.InvalidConfiguration)]
    [InlineData("{\"cniVersion\": \"1.1.0\", \"name\": \"../../etc\"}", CniErrorCode.InvalidConfiguration)]
    [InlineData("{\"cniVersion\": \"1.1.0\", \"name\": \"a\", \"unheard\": 1}", CniErrorCode.UnsupportedField)]
    public async Task Input_ThatIsNoConfiguration_IsRefused(string input, int code) =>
        await RefusedAsync((await host.CallAsync("ADD", "x")) with { Input = input }, code);

    [Theory]
    [InlineData("CHECK", "0.3.1")]
    [InlineData("GC", "1.0.0")]
    [InlineData("STATUS", "0.4.0")]
    public async Task Command_NewerThanTheVersion_IsRefused(string command, string version) =>
        await RefusedAsync(await host.CallAsync(command, "x", version), CniErrorCode.IncompatibleVersion);

    [Fact]
    public async Task Runtime_ThatHungUp_GetsNothing_AndNothingIsLeft()
    {
        var call = await host.CallAsync("ADD", "nobody-listens");
        var before = await host.StateAsync(call.Netns);

        var (exitCode, log) = call.RunForNobody();

        Assert.Equal(1, exitCode);
        Assert.Contains("Broken pipe", log, StringComparison.Ordinal);
        Assert.Equal(before, await host.StateAsync(call.Netns));
        Assert.Equal(1, (call with { ContainerId = "-" }).RunForNobody().ExitCode);
    }

    [Fact]
    public async Task Input_OfAnyLength_IsRefused() =>
        Assert.Contains("4 MiB", await RefusedAsync((await host.CallAsync("ADD", "x")) with { Input = new string(' ', 5 << 20) }, CniErrorCode.Undecodable), StringComparison.Ordinal);

    [Fact]
    public async Task Input_NestedWithoutEnd_IsRefused() =>
        await RefusedAsync((await host.CallAsync("ADD", "x")) with { Input = string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) }, CniErrorCode.Undecodable);

    [Theory]
    [InlineData("CNI_CONTAINERID")]
    [InlineData("CNI_NETNS")]
    [InlineData("CNI_IFNAME")]
    public async Task Parameter_ThatIsMissing_IsNamed(string variable)
    {
        var call = await host.CallAsync("ADD", "x");
        call = variable switch
        {
            "CNI_CONTAINERID" => call with { ContainerId = null },
            "CNI_NETNS" => call with { Netns = null },
            _ => call with { InterfaceName = null },
        };

        Assert.Contains(variable, await RefusedAsync(call, CniErrorCode.InvalidEnvironment), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IP=nonsense")]
    [InlineData("MAC=nonsense")]
    [InlineData("NONSENSE=1")]
    public async Task Argument_ThatIsWrong_IsRefused(string arguments) =>
        Assert.Contains("CNI_ARGS", await RefusedAsync((await host.CallAsync("ADD", "x")) with { Arguments = arguments }, CniErrorCode.InvalidEnvironment), StringComparison.Ordinal);

    [Fact]
    public async Task Namespace_ThatDoesNotExist_IsAnUnknownContainer() =>
        await RefusedAsync(new CniCall("ADD") { Input = host.Configuration("x") }, CniErrorCode.UnknownContainer);

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/proc/self/ns/uts")]
    public async Task Namespace_ThatIsNone_IsRefused(string path)
    {
        var call = new CniCall("ADD") { Netns = path, Input = host.Configuration("x") };
        var before = await host.StateAsync(null);

        Assert.Contains(path, (string)call.Run().Document["msg"]!, StringComparison.Ordinal);

        Assert.Equal(before, await host.StateAsync(null));
    }

    [Fact]
    public async Task Namespace_OfTheHost_IsRefused()
    {
        var call = new CniCall("ADD") { Netns = $"/run/netns/{host.Machine.Instance}.host", Input = host.Configuration("x") };

        await RefusedAsync(call, CniErrorCode.InvalidConfiguration);
    }

    [Theory]
    [InlineData("\"networkType\": \"transparent\"", CniErrorCode.InvalidConfiguration)]
    [InlineData("\"subnets\": [{\"subnet\": \"198.51.100.0/24\"}]", CniErrorCode.Conflict)]
    [InlineData("\"subnets\": [{\"subnet\": \"10.70.0.0/24\", \"gateway\": \"10.71.0.1\"}]", CniErrorCode.InvalidConfiguration)]
    [InlineData("\"runtimeConfig\": {\"mac\": \"01:00:5e:00:00:01\"}", CniErrorCode.InvalidConfiguration)]
    [InlineData("\"runtimeConfig\": {\"ips\": [\"10.9.9.9\"]}", CniErrorCode.InvalidConfiguration)]
    [InlineData("\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 80, \"containerPort\": 80}, {\"hostPort\": 80, \"containerPort\": 81}]}", CniErrorCode.InvalidConfiguration)]
    [InlineData("\"runtimeConfig\": {\"aliases\": [\"a b\"]}", CniErrorCode.InvalidConfiguration)]
    [InlineData("\"prevResult\": {\"cniVersion\": \"0.4.0\"}", CniErrorCode.InvalidConfiguration)]
    [InlineData("\"prevResult\": {\"interfaces\": [7]}", CniErrorCode.InvalidConfiguration)]
    public async Task Wish_ThatCannotBe_IsRefused(string members, int code) => await RefusedAsync(await host.CallAsync("ADD", "x", members: members), code);

    [Fact]
    public async Task Address_WithAnotherPrefixLength_IsRefused() => Assert.Contains("10.72.0.9/24", await RefusedAsync(
        await host.CallAsync("ADD", "lengths", members: "\"subnets\": [{\"subnet\": \"10.72.0.0/24\"}], \"runtimeConfig\": {\"ips\": [\"10.72.0.9/16\"]}"),
        CniErrorCode.InvalidConfiguration), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"mtu\": 1300", "1400")]
    [InlineData("\"networkType\": \"internal\"", "Nat")]
    [InlineData("\"subnets\": [{\"subnet\": \"10.74.0.0/24\"}]", "10.74.0.0/24")]
    [InlineData("\"subnets\": [{\"subnet\": \"10.73.0.0/24\", \"gateway\": \"10.73.0.9\"}]", "10.73.0.1")]
    [InlineData("\"subnets\": [{\"subnet\": \"10.73.0.0/24\", \"rangeStart\": \"10.73.0.128\"}]", "10.73.0.128/25")]
    public async Task Network_ThatIsNotAsTheConfigurationSays_IsRefused(string members, string named)
    {
        if ((await host.Machine.FairwayAsync("network", "show", "made")).ExitCode != 0)
            await host.Machine.DoAsync("network create made --subnet 10.73.0.0/24 --mtu 1400");

        Assert.Contains(named, await RefusedAsync(await host.CallAsync("ADD", "made", members: members), CniErrorCode.InvalidConfiguration), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BeforeAdd_IsRefused() => await RefusedAsync(
        (await host.CallAsync("CHECK", "x")).With("prevResult", System.Text.Json.Nodes.JsonNode.Parse("{}")), CniErrorCode.Differs);

    private async Task<string> RefusedAsync(CniCall call, int code)
    {
        var before = await host.StateAsync(call.Netns);
        var message = call.Run().Fails(code);
        Assert.Equal(before, await host.StateAsync(call.Netns));
        return message;
    }
}
