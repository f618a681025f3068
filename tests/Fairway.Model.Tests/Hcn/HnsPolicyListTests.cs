using System.Net;
using System.Text;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.V1;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Routes;

namespace Fairway.Model.Tests.Hcn;

/// <summary>Policy lists of schema 1: load balancers and routes.</summary>
public sealed class HnsPolicyListTests
{
    private const string Id = "0A3C7B1E-5D2F-4E8A-9B6C-1D2E3F4A5B6C";
    private const string Elb = """{"Type":"ELB","Protocol":6,"InternalPort":8080,"ExternalPort":80,"SourceVIP":"10.0.0.1","VIPs":["10.96.0.10"],"ILB":true}""";
    private const string Way = """{"Type":"ROUTE","DestinationPrefix":"203.0.113.0/24","NextHop":"192.0.2.1","NeedEncap":false}""";

    /// <summary>As hcsshim's AddLoadBalancer sends it, and as kube-proxy reads it.</summary>
    [Fact]
    public void ElbPolicies_AreALoadBalancer()
    {
        var json = List(Elb, Elb.Replace("\"ExternalPort\":80", "\"ExternalPort\":81", StringComparison.Ordinal));
        var (spec, route) = Read(json);
        Assert.Null(route);
        Assert.Equal([IPAddress.Parse("10.96.0.10")], spec!.Frontends);
        Assert.Equal([Guid.Parse(Id)], spec.Backends);
        Assert.Equal([new LoadBalancerPort { Port = 80, BackendPort = 8080, Internal = true }, new LoadBalancerPort { Port = 81, BackendPort = 8080, Internal = true }], spec.Ports);
        Assert.Equal(json, HcnJson.Write(HnsPolicyLists.Of(new LoadBalancer(spec with { Name = "lb" }, 1, 0, 1))));
    }

    /// <summary>As hcsshim's AddRoute sends it.</summary>
    [Fact]
    public void RoutePolicies_AreARoute()
    {
        var json = List(Way, Way.Replace("203.0.113.0/24", "198.18.0.0/15", StringComparison.Ordinal));
        var (balancer, spec) = Read(json);
        Assert.Null(balancer);
        Assert.Equal([Guid.Parse(Id)], spec!.Endpoints);
        Assert.Equal([new SwitchRoute(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("192.0.2.1")), new SwitchRoute(IPNetwork.Parse("198.18.0.0/15"), IPAddress.Parse("192.0.2.1"))], spec.Routes);
        Assert.Equal(json, HcnJson.Write(HnsPolicyLists.Of(new Route(spec with { Name = "r" }, 1))));
    }

    [Fact]
    public void UnknownMembers_AreReturned()
    {
        foreach (var policy in (string[])[Elb, Way])
        {
            var (balancer, route) = Read(List(policy.Replace("\"Type\"", "\"Colour\":1,\"Type\"", StringComparison.Ordinal)).Replace("\"References\"", "\"Mesh\":\"blue\",\"References\"", StringComparison.Ordinal));
            var written = HcnJson.Write(balancer is null ? HnsPolicyLists.Of(new Route(route! with { Name = "r" }, 1)) : HnsPolicyLists.Of(new LoadBalancer(balancer with { Name = "lb" }, 1, 0, 1)));
            Assert.Contains("\"Colour\":1", written, StringComparison.Ordinal);
            Assert.Contains("\"Mesh\":\"blue\"", written, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{}", "$.Policies: the list has no policies; give ELB for a load balancer, ROUTE for a route")]
    [InlineData("""{"Policies":[{"Type":"ACL"}]}""", "$.Policies[0]: policies of type ACL are not honoured by this release in lists, which have ELB or ROUTE")]
    [InlineData("""{"Policies":[7]}""", "$.Policies[0]: the policy has no type; lists have ELB or ROUTE")]
    [InlineData("{\"Policies\":[" + Elb + "," + Way + "]}", "$.Policies[1]: a list is a load balancer or a route, not both; make two lists")]
    [InlineData("{\"References\":[\"/networks/1\"],\"Policies\":[" + Way + "]}", "$.References[0]: '/networks/1' is no reference to an endpoint; write /endpoints/ID")]
    [InlineData("{\"References\":[\"/endpoints/web\"],\"Policies\":[" + Way + "]}", "$.References[0]: 'web' is no id of an endpoint; give its GUID")]
    [InlineData("""{"Policies":[{"Type":"ROUTE","DestinationPrefix":"10.9.0.0/16"}]}""", "$.Policies[0].NextHop: the route has no next hop; give the address of a router")]
    [InlineData("""{"Policies":[{"Type":"ROUTE","DestinationPrefix":7,"NextHop":"192.0.2.1"}]}""", "$.Policies[0].DestinationPrefix: the value is not a string")]
    [InlineData("""{"Policies":[{"Type":"ELB","Protocol":1,"InternalPort":1,"ExternalPort":1}]}""", "$.Policies[0].Protocol: protocol ICMPv4 cannot be balanced; use 6 (TCP) or 17 (UDP)")]
    [InlineData("""{"Policies":[{"Type":"ELB","Protocol":6,"InternalPort":1,"ExternalPort":1,"VIPs":["x"]}]}""", "$.Policies[0].VIPs[0]: 'x' is not an IP address")]
    [InlineData("""{"Policies":[{"Type":"ELB","Protocol":6,"InternalPort":1,"ExternalPort":1},{"Type":"ELB","Protocol":6,"InternalPort":1,"ExternalPort":2,"VIPs":["10.96.0.1"]}]}""", "$.Policies[1].VIPs: the policies of a list answer on the same addresses; make another list for other ones")]
    public void List_WithoutCounterpart_IsRefused(string json, string expected) =>
        Assert.Equal([expected], Assert.Throws<FairwayException>(() => Read(json)).Findings.Select(finding => $"{finding.Path}: {finding.Message}"));

    [Fact]
    public void Answer_OfTheEngine_NamesTheListsMembers()
    {
        var list = HcnJson.Read<HnsPolicyList>(Encoding.UTF8.GetBytes(List(Way)));
        var problem = new FairwayException(ErrorKind.InvalidArgument, "route", "no") { Findings = [new Finding("$.Routes[0].Encapsulate", "no", null), new Finding("$.Endpoints[0]", "no", null)] };
        Assert.Equal(["$.Policies[0].NeedEncap", "$.References[0]"], HnsPolicyLists.Explain(list, problem).Findings.Select(finding => finding.Path));
    }

    private static string List(params string[] policies) => $$"""{"ID":"{{Id}}","References":["/endpoints/{{Id}}"],"Policies":[{{string.Join(',', policies)}}]}""";

    private static (LoadBalancerSpec? Balancer, RouteSpec? Route) Read(string json) => HnsPolicyLists.ToSpec(HcnJson.Read<HnsPolicyList>(Encoding.UTF8.GetBytes(json)));
}
