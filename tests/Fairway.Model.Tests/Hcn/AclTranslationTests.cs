using System.Text;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Policies;

namespace Fairway.Model.Tests.Hcn;

public sealed class AclTranslationTests
{
    private static readonly Guid s_owner = Guid.Parse("71CD3B74-1A0A-447E-BF9E-3716C6652176");

    [Fact]
    public void Rules_BecomeAndAreReturned()
    {
        var change = Endpoint("Add", """
            {"Type":"ACL","Settings":{"Id":"web","Protocols":"6,17","Action":"Allow","Direction":"In","RemoteAddresses":"10.0.0.0/8,office","LocalPorts":"80,8000-8099","RuleType":"Switch","Priority":100,"Mine":1}},
            {"Type":"ACL","Settings":{"Protocols":"1","Action":"Block","Direction":"Out","IcmpTypes":"8,3/4"}},
            {"Type":"TierAcl","Settings":{"Name":"base","Direction":"Out","Order":3,"TierAclRules":[{"TierAclRuleAction":"Pass","Priority":5,"RemotePorts":"53"}]}}
            """).For(PolicySet.Empty(s_owner));
        var policies = PolicySet.Empty(s_owner).With(change, out _);

        Assert.Equal([1u, 2u, 3u], policies.Rules.Keys);
        Assert.Equal((PolicyKind.Acl, "web", PolicyAction.Allow, PolicyDirection.In, (ushort)100), (policies.Rules[1].Kind, policies.Rules[1].Id, policies.Rules[1].Action, policies.Rules[1].Direction, policies.Rules[1].Priority));
        Assert.Equal("10.0.0.0/8,office", policies.Rules[1].Remote.ToString());
        Assert.Equal("80,8000-8099", string.Join(',', policies.Rules[1].LocalPorts));
        Assert.Equal("8,3/4", string.Join(',', policies.Rules[2].IcmpMessages));
        Assert.Equal((PolicyKind.TierAcl, "base", (ushort)3, PolicyAction.Pass), (policies.Rules[3].Kind, policies.Rules[3].Tier, policies.Rules[3].Order, policies.Rules[3].Action));

        var document = HcnEndpointTranslation.ToDocument(SampleTests.Stored(new Model.Endpoints.EndpointSpec { NetworkId = SampleTests.Web.Spec.Id }), SampleTests.Web, policies: policies);
        var written = string.Join('\n', document.Policies!.Select(policy => $"{policy.Type} {policy.Settings!.Value.GetRawText()}"));
        Assert.Contains("\"Mine\":1", written, StringComparison.Ordinal);
        Assert.Contains("\"RuleType\":\"Switch\"", written, StringComparison.Ordinal);
        Assert.Contains("TierAcl {\"Name\":\"base\",\"Direction\":\"Out\",\"Order\":3", written, StringComparison.Ordinal);

        // What was returned can be sent again, and changes nothing.
        var again = EndpointModification.Read(Encoding.UTF8.GetBytes($$$"""{"ResourceType":"Policy","RequestType":"Update","Settings":{"Policies":{{{Model.Hcn.Wire.HcnJson.Write(document.Policies!)}}} }}"""));
        Assert.True(again.For(policies).IsEmpty);
        Assert.Equal(3, Endpoint("Reset", "").For(policies).Removed.Length);
    }

    [Theory]
    [InlineData("""{"Type":"ACL","Settings":{"Direction":"In"}}""", "Settings.Action: the rule has no action; give Allow, Block or Pass")]
    [InlineData("""{"Type":"ACL","Settings":{"Action":"Allow"}}""", "Settings.Direction: the rule has no direction; give In or Out")]
    [InlineData("""{"Type":"ACL","Settings":{"Action":"Allow","Direction":"In","Protocols":"7x"}}""", "Settings.Protocols: '7x' is no protocol; write a number from 0 to 255 or a name like tcp")]
    [InlineData("""{"Type":"ACL","Settings":{"Action":"Allow","Direction":"In","Protocols":"252"}}""", "Settings.Protocols: protocol 252 (VXLAN) is not honoured by this release, whose networks have no encapsulation; leave it out")]
    [InlineData("""{"Type":"ACL","Settings":{"Action":"Allow","Direction":"In","RemoteAddresses":"10.0.0.1/8"}}""", "Settings.RemoteAddresses: '10.0.0.1/8' has host bits set; write 10.0.0.0/8")]
    [InlineData("""{"Type":"ACL","Settings":{"Action":"Allow","Direction":"In","LocalPorts":"90-80"}}""", "Settings.LocalPorts: '90-80' is no port; write a number from 0 to 65535, or a range like 8000-8099")]
    [InlineData("""{"Type":"ACL","Settings":{"Action":"Allow","Direction":"In","Protocols":"1","LocalPorts":"80"}}""", "Settings.LocalPorts: protocol icmp has no ports; use tcp and udp, or leave the ports out")]
    [InlineData("""{"Type":"TierAcl","Settings":{"Direction":"In","Name":"x"}}""", "Settings.TierAclRules: the tier has no rules, so it would do nothing; give some, or leave the policy out")]
    public void Rule_Wrong_SaysWhatAndWhere(string policy, string expected)
    {
        var refusal = Assert.Throws<FairwayException>(() => Endpoint("Add", policy));
        Assert.Equal([$"$.Settings.Policies[0].{expected}"], refusal.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(HcnErrorCode.InvalidPolicy, refusal.HcnCode);
    }

    [Fact]
    public void NetworkRequest_SaysWhatChanges()
    {
        var policies = PolicySet.Empty(s_owner).With(Network("Add", """
            {"Type":"SetPolicy","Settings":{"Id":"office","Name":"Office","PolicyType":"IPSET","Values":"192.0.2.0/24,198.51.100.7"}},
            {"Type":"SetPolicy","Settings":{"Id":"all","PolicyType":"NESTEDIPSET","Values":"office"}},
            {"Type":"NetworkACL","Settings":{"Action":"Block","Direction":"In","RemoteAddresses":"all"}}
            """).For(PolicySet.Empty(s_owner)), out _);
        Assert.Equal("192.0.2.0/24,198.51.100.7/32", string.Join(',', policies.Sets.PrefixesOf("all")));
        Assert.Equal(PolicyKind.NetworkAcl, policies.Rules[1].Kind);

        var update = Network("Update", """{"Type":"SetPolicy","Settings":{"Id":"office","PolicyType":"IPSET","Values":"10.0.0.0/8"}}""").For(policies);
        Assert.Equal(("office", 0, 0), (Assert.Single(update.AddedSets).Id, update.Added.Length, update.Removed.Length));
        Assert.Equal(ErrorKind.AlreadyExists, Assert.Throws<FairwayException>(() => Network("Add", """{"Type":"SetPolicy","Settings":{"Id":"office","PolicyType":"IPSET","Values":""}}""").For(policies)).Kind);
        var remove = Network("Remove", """{"Type":"NetworkACL","Settings":{"Action":"Block","Direction":"In","RemoteAddresses":"all"}}""").For(policies);
        Assert.Equal(1u, Assert.Single(remove.Removed).Number);
        Assert.Equal(HcnErrorCode.PolicyNotFound, Assert.Throws<FairwayException>(() => Network("Remove", """{"Type":"NetworkACL","Settings":{"Action":"Allow","Direction":"In"}}""").For(policies)).HcnCode);
        Assert.Equal((1, 2), (Network("Reset", "").For(policies).Removed.Length, Network("Reset", "").For(policies).RemovedSets.Length));
    }

    private static EndpointModification Endpoint(string request, string policies) => EndpointModification.Read(Request(request, policies));

    private static NetworkModification Network(string request, string policies) => NetworkModification.Read(Request(request, policies));

    private static byte[] Request(string request, string policies) => Encoding.UTF8.GetBytes($$$"""{"ResourceType":"Policy","RequestType":"{{{request}}}","Settings":{"Policies":[{{{policies}}}]}}""");
}
