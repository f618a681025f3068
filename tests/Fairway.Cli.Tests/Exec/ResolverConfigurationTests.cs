using System.Net;
using Fairway.Cli.Exec;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;

namespace Fairway.Cli.Tests.Exec;

public sealed class ResolverConfigurationTests
{
    [Fact]
    public void DualStackNetwork_IsAskedAtBothGateways() => Assert.Equal(
        """
        # made by fairway exec
        nameserver 10.20.0.1
        nameserver fd20::1
        search web
        options timeout:1 attempts:5

        """,
        ResolverConfiguration.Of([(Sample.WebC1, Sample.Web)]).ToString());

    [Fact]
    public void Endpoint_WithoutAnAddressOfAFamily_DoesNotAskThere() =>
        Assert.Equal(["10.20.0.1"], ResolverConfiguration.Of([(Sample.WebSpare, Sample.Web)]).Servers);

    [Fact]
    public void SeveralNetworks_AreAllAsked_AndNotMoreThanThreeServers()
    {
        var resolver = ResolverConfiguration.Of([(Sample.WebC1, Sample.Web), (Sample.DbMain, Sample.Db)]);
        Assert.Equal(["10.20.0.1", "10.30.0.1", "fd20::1"], resolver.Servers);
        Assert.Equal(["web", "db"], resolver.Search);
    }

    [Fact]
    public void Settings_OfEndpointAndNetwork_ComeFirst()
    {
        var network = Sample.Web with { Spec = Sample.Web.Spec with { Dns = new DnsSettings("example.org", ["corp.example.org"], ["192.0.2.1"], ["ndots:2", "timeout:3"]) } };
        var endpoint = Sample.WebC1 with { Spec = Sample.WebC1.Spec with { Dns = new DnsSettings(null, ["own.example.org"], ["192.0.2.2"], []) } };
        Assert.Equal(["192.0.2.1"], ResolverConfiguration.Of([(Sample.WebC1, network)]).Servers);
        var both = ResolverConfiguration.Of([(endpoint, network)]);
        Assert.Equal(["192.0.2.2"], both.Servers);
        Assert.Equal(["own.example.org", "corp.example.org", "example.org"], both.Search);
        Assert.Equal(["ndots:2", "timeout:3", "attempts:5"], both.Options);
    }

    [Fact]
    public void Gateways_AloneAreEnough() => Assert.Equal(
        "# made by fairway exec\nnameserver 10.20.0.1\nnameserver fd20::1\nsearch .\noptions timeout:1 attempts:5\n",
        ResolverConfiguration.At([IPAddress.Parse("10.20.0.1"), IPAddress.Parse("fd20::1"), IPAddress.Parse("10.20.0.1")]).ToString());

    [Fact]
    public void NothingAttached_HasNoServers() => Assert.Empty(ResolverConfiguration.Of([]).Servers);

    [Fact]
    public void Addresses_OfOneFamilyOnly_DecideWhichGatewayIsAsked()
    {
        var six = Sample.WebC1 with { Addresses = [new EndpointAddress(IPAddress.Parse("fd20::2"), 64)] };
        Assert.Equal(["fd20::1"], ResolverConfiguration.Of([(six, Sample.Web)]).Servers);
    }
}
