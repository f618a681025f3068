using System.Net;
using Fairway.Dns.Answering;
using Fairway.Dns.Tests.Fixtures;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Answering;

public sealed class JudgeTests
{
    private static readonly ResolverNetwork s_web = Tables.Network("web", domain: "corp.example").With(
        "c1 www: 10.1.0.2 fd00:1::2", "c2 www: 10.1.0.3", "six: fd00:1::9", "a.b: 10.1.0.7");

    private static readonly ResolverNetwork s_inner = Tables.Network("inner", forwards: false, number: 2, subnets: "10.2.0.0/16").With("db: 10.2.0.2");

    [Theory]
    [InlineData("c1", Ask.A, "10.1.0.2")]
    [InlineData("c1", Ask.Aaaa, "fd00:1::2")]
    [InlineData("C1", Ask.A, "10.1.0.2")]
    [InlineData("c1.web", Ask.A, "10.1.0.2")]
    [InlineData("c1.WEB", Ask.Aaaa, "fd00:1::2")]
    [InlineData("c1.corp.example", Ask.A, "10.1.0.2")]
    [InlineData("www", Ask.A, "10.1.0.2 10.1.0.3")]
    [InlineData("www.web", Ask.Aaaa, "fd00:1::2")]
    [InlineData("a.b", Ask.A, "10.1.0.7")]
    [InlineData("a.b.web", Ask.A, "10.1.0.7")]
    [InlineData("localhost", Ask.A, "127.0.0.1")]
    [InlineData("x.localhost", Ask.Aaaa, "::1")]
    public void OwnName_HasItsAddresses(string name, ushort type, string addresses)
    {
        Verdict verdict = Decide(new Ask(name, type), s_web);
        Assert.Equal(VerdictKind.Addresses, verdict.Kind);
        Assert.Equal(addresses.Split(' ').Select(IPAddress.Parse), verdict.Addresses);
    }

    [Theory]
    [InlineData("c2", Ask.Aaaa)] // has only v4
    [InlineData("six.web", Ask.A)] // has only v6
    [InlineData("c1", Ask.Any)]
    [InlineData("c1", Ask.Https)]
    [InlineData("c1.web", Ask.Txt)]
    [InlineData("localhost", Ask.Txt)]
    [InlineData("web", Ask.A)] // the zone itself
    [InlineData("web", Ask.Soa)]
    public void OwnName_WithoutSuchARecord_IsNoData(string name, ushort type)
    {
        Verdict verdict = Decide(new Ask(name, type), s_web);
        Assert.Equal(VerdictKind.Negative, verdict.Kind);
        Assert.Equal(ResponseCode.NoError, verdict.Code);
        Assert.True(Tables.Name(name).IsWithin(verdict.Zone, out _));
    }

    [Theory]
    [InlineData("nobody", Ask.A, ".")]
    [InlineData("nobody", Ask.Https, ".")]
    [InlineData("nobody.web", Ask.A, "web")]
    [InlineData("x.y.web", Ask.Aaaa, "web")]
    public void UnknownNameOfOurs_IsNoName_AndStaysHere(string name, ushort type, string zone)
    {
        Verdict verdict = Decide(new Ask(name, type), s_web);
        Assert.Equal((VerdictKind.Negative, ResponseCode.NameError), (verdict.Kind, verdict.Code));
        Assert.Equal(zone, verdict.Zone.ToString());
    }

    [Theory]
    [InlineData("example.com", Ask.A)]
    [InlineData("nobody.corp.example", Ask.A)] // the domain may well be a real one
    [InlineData("web.example", Ask.A)]
    [InlineData("com", Ask.Ds)] // a validating resolver walks the delegations
    [InlineData(".", Ask.Ns)]
    [InlineData("1.0.0.10.in-addr.arpa", Ask.Ptr)]
    [InlineData("10.in-addr.arpa", Ask.Soa)] // more than our subnet
    [InlineData("x.1.10.in-addr.arpa", Ask.Ptr)] // no address
    public void NameOfTheOutside_IsForwarded(string name, ushort type) => Assert.Equal(VerdictKind.Forward, Decide(new Ask(name, type), s_web).Kind);

    [Theory]
    [InlineData("example.com", Ask.A)]
    [InlineData("com", Ask.Ds)]
    [InlineData("1.0.0.10.in-addr.arpa", Ask.Ptr)]
    public void NameOfTheOutside_OnANetworkWithoutAWayOut_IsNoName_WithTheReason(string name, ushort type)
    {
        Verdict verdict = Decide(new Ask(name, type), s_inner);
        Assert.Equal((VerdictKind.Negative, ResponseCode.NameError), (verdict.Kind, verdict.Code));
        Assert.Equal(ExtendedError.Blocked, verdict.Error!.Code);
        Assert.Contains("'inner'", verdict.Error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.0.1.10.in-addr.arpa", "c1.web")]
    [InlineData("2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.d.f.ip6.arpa", "c1.web")]
    public void OwnAddress_HasItsName(string name, string expected)
    {
        Verdict verdict = Decide(new Ask(name, Ask.Ptr), s_web);
        Assert.Equal((VerdictKind.Pointer, expected), (verdict.Kind, verdict.Name?.ToString()));
    }

    [Theory]
    [InlineData("9.9.1.10.in-addr.arpa", ResponseCode.NameError)] // in the subnet, nobody's
    [InlineData("0.1.10.in-addr.arpa", ResponseCode.NoError)] // part of the subnet
    [InlineData("1.10.in-addr.arpa", ResponseCode.NoError)] // the subnet
    public void AddressOfOurSubnets_IsNeverForwarded(string name, object code)
    {
        Verdict verdict = Decide(new Ask(name, Ask.Ptr), s_web);
        Assert.Equal((VerdictKind.Negative, (ResponseCode)code), (verdict.Kind, verdict.Code));
        Assert.Equal(VerdictKind.Negative, Decide(new Ask(name, Ask.Txt), s_web).Kind);
    }

    [Fact]
    public void SharedName_RotatesItsAddresses()
    {
        string[] firsts = [.. Enumerable.Range(0, 4).Select(turn => Decide(new Ask("www"), (uint)turn, s_web).Addresses[0].ToString())];
        Assert.Equal(["10.1.0.2", "10.1.0.3", "10.1.0.2", "10.1.0.3"], firsts);
    }

    [Fact]
    public void AskerOnTwoNetworks_SeesTheNamesOfBoth()
    {
        Assert.Equal("10.2.0.2", Decide(new Ask("db"), s_web, s_inner).Addresses.Single().ToString());
        Assert.Equal("10.1.0.2", Decide(new Ask("c1.web"), s_inner, s_web).Addresses.Single().ToString());
        Assert.Equal("db.inner", Decide(new Ask("2.0.2.10.in-addr.arpa", Ask.Ptr), s_web, s_inner).Name!.ToString());
        Assert.Equal(ResponseCode.NameError, Decide(new Ask("nobody.inner"), s_web, s_inner).Code);
    }

    [Fact]
    public void AskerOnTwoNetworks_MayAskTheOutside_WhenOneOfThemMay()
        => Assert.Equal(VerdictKind.Forward, Decide(new Ask("example.com"), s_inner, s_web).Kind);

    [Fact]
    public void NameOnBothNetworks_IsThatOfTheAskedOne()
    {
        ResolverNetwork other = Tables.Network("other", number: 3, subnets: "10.3.0.0/16").With("c1: 10.3.0.2");
        Assert.Equal("10.3.0.2", Decide(new Ask("c1"), other, s_web).Addresses.Single().ToString());
        Assert.Equal("10.1.0.2", Decide(new Ask("c1"), s_web, other).Addresses.Single().ToString());
    }

    [Fact]
    public void QueryWeDoNotAnswer_IsRefused()
    {
        Assert.Equal(ResponseCode.Refused, Decide(new Ask("version.bind", Ask.Txt) { Class = 3 }, s_web).Code);
        Assert.Equal(ResponseCode.Refused, Decide(new Ask("web", Ask.Axfr), s_web).Code);
        Assert.Equal(ResponseCode.BadVersion, Decide(new Ask("c1") { PayloadSize = 1232, EdnsVersion = 1 }, s_web).Code);
    }

    private static Verdict Decide(Ask ask, params ResolverNetwork[] networks) => Decide(ask, 0, networks);

    private static Verdict Decide(Ask ask, uint turn, params ResolverNetwork[] networks) => Judge.Decide(ask.Parse(), networks, turn);
}
