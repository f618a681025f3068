using System.Text;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Modify;
using Fairway.Model.Hcn.Notifications;
using Fairway.Model.Hcn.Query;
using Fairway.Model.Hcn.Routes;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Namespaces;
using Fairway.Model.Ports;

namespace Fairway.Model.Tests.Hcn;

public sealed class RequestTests
{
    private const string Id = "71CD3B74-1A0A-447E-BF9E-3716C6652176";

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("{}", true)]
    [InlineData("""{"SchemaVersion":{"Major":2,"Minor":0},"Flags":0,"Filter":""}""", true)]
    [InlineData("""{"Flags":1,"Filter":"{\"ID\":\"71cd3b74-1a0a-447e-bf9e-3716c6652176\"}"}""", true)]
    [InlineData("""{"Filter":"{\"Name\":\"web\"}"}""", true)]
    [InlineData("""{"Filter":"{\"name\":\"lan\"}"}""", false)]
    [InlineData("""{"Filter":"{\"ID\":\"11111111-1a0a-447e-bf9e-3716c6652176\",\"Name\":\"web\"}"}""", false)]
    [InlineData("""{"Filter":"{\"VirtualNetwork\":\"71cd3b74-1a0a-447e-bf9e-3716c6652176\"}"}""", false)]
    public void Filter_OfNetworks(string? query, bool expected) => Assert.Equal(expected, HcnFilter.Read(query).Filter.Matches(SampleTests.Web));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("{\"VirtualNetwork\":\"" + Id + "\"}", true)]
    [InlineData("{\"HostComputeNetwork\":\"" + Id + "\"}", true)]
    [InlineData("{\"VirtualNetwork\":\"11111111-1A0A-447E-BF9E-3716C6652176\"}", false)]
    [InlineData("{\"HostComputeNetwork\":\"11111111-1A0A-447E-BF9E-3716C6652176\"}", false)]
    [InlineData("{\"HostComputeNamespace\":\"" + Id + "\"}", false)]
    [InlineData("{\"Name\":\"c1\"}", true)]
    [InlineData("{\"Name\":\"c2\"}", false)]
    public void Filter_OfEndpoints(string filter, bool expected)
    {
        Endpoint endpoint = SampleTests.Stored(new EndpointSpec { NetworkId = Guid.Parse(Id), Name = "c1" });

        Assert.Equal(expected, HcnFilter.Read(HcnJson.Write(new HostComputeQuery { Filter = filter })).Filter.Matches(endpoint));
    }

    [Fact]
    public void Filter_OfNamespaces()
    {
        var compartment = new NetworkNamespace(new NamespaceSpec { Id = Guid.Parse(Id), Name = "c1" }, [], 1);

        Assert.True(HcnFilter.Read("""{"Filter":"{\"Name\":\"c1\"}"}""").Filter.Matches(compartment));
        Assert.False(HcnFilter.Read("""{"Filter":"{\"Name\":\"c2\"}"}""").Filter.Matches(compartment));
    }

    [Theory]
    [InlineData("""{"SchemaVersion":{"Major":1,"Minor":0}}""", "$.SchemaVersion: answers of schema 1.0 are not given by this release; ask for 2.0 to 2.16")]
    [InlineData("""{"Flags":2}""", "$.Flags: flag 2 is not honoured by this release; leave it out")]
    [InlineData("""{"Filter":"{\"Owner\":\"me\"}"}""", "$.Filter.Owner: Owner is no member to filter by; use ID, Name, HostComputeNetwork, VirtualNetwork or HostComputeNamespace")]
    [InlineData("""{"Filter":"{\"ID\":\"x\"}"}""", "$.Filter.ID: 'x' is not a GUID; write one like 7F0C3F52-2F0D-4A0E-9D3F-0C1D2E3F4A5B")]
    [InlineData("""{"Filter":"[]"}""", "$.Filter: the value is not an object")]
    public void Query_Wrong_SaysWhatAndWhere(string query, string expected) =>
        Assert.Equal([expected], Assert.Throws<FairwayException>(() => HcnFilter.Read(query)).Findings.Select(finding => $"{finding.Path}: {finding.Message}"));

    [Fact]
    public void Refresh_ChangesNothing()
    {
        var endpoint = SampleTests.Stored(new EndpointSpec { NetworkId = Guid.Parse(Id), Publications = [PublicationText.Parse("0.0.0.0:80:80")] });
        var request = EndpointModification.Read("""{"ResourceType":"Policy","RequestType":"Refresh"}"""u8);
        Assert.Equal(("", "", true, false), (Text(request.For(endpoint).Withdraw), Text(request.For(endpoint).Publish), request.Settings.IsEmpty, request.IsAboutRules));
        var network = NetworkModification.Read("""{"ResourceType":"Policy","RequestType":"Refresh","Settings":{"Policies":[]}}"""u8);
        Assert.Equal((ModifyRequestType.Refresh, false, false), (network.RequestType, network.IsAboutRules, network.IsAboutSettings));
    }

    /// <summary>As Add-HnsEndpointVmPort sends it.</summary>
    [Theory]
    [InlineData("""{"ResourceType":"Port","RequestType":"Add","Settings":{"VirtualNicName":"tap-7","VirtualMachineId":"71CD3B74-1A0A-447E-BF9E-3716C6652176","PortId":"00000000-0000-0000-0000-000000000000"}}""", "tap-7")]
    [InlineData("""{"ResourceType":"Port","RequestType":"Remove"}""", null)]
    public void EndpointRequest_OfAMachine_IsRead(string json, string? tap)
    {
        var modification = EndpointModification.Read(Encoding.UTF8.GetBytes(json));
        Assert.NotNull(modification.Machine);
        Assert.Equal(tap, modification.Machine.VirtualNicName);
        Assert.True(modification.Settings.IsEmpty);
    }

    [Fact]
    public void NamespaceRequest_OfHcsshim_IsRead()
    {
        Assert.Equal(new NamespaceModification(true, Guid.Parse(Id)), NamespaceModification.Read(Encoding.UTF8.GetBytes(
            $$$"""{"ResourceType":"Endpoint","RequestType":"Add","Settings":{"EndpointId":"{{{Id.ToLowerInvariant()}}}"}}""")));
        Assert.Equal(new NamespaceModification(false, Guid.Parse(Id)), NamespaceModification.Read(Encoding.UTF8.GetBytes(
            $$$"""{"ResourceType":1,"RequestType":1,"Settings":{"EndpointId":"{{{Id}}}"}}""")));
    }

    [Theory]
    [InlineData("""{"ResourceType":"Container","RequestType":"Add","Settings":{"EndpointId":"71CD3B74-1A0A-447E-BF9E-3716C6652176"}}""", ErrorKind.Unsupported, "$.ResourceType: resource type Container cannot be changed in this release; namespaces have Endpoint")]
    [InlineData("""{"ResourceType":"Endpoint","RequestType":"Refresh","Settings":{"EndpointId":"71CD3B74-1A0A-447E-BF9E-3716C6652176"}}""", ErrorKind.Unsupported, "$.RequestType: request type Refresh is not one of a namespace's; use Add or Remove")]
    [InlineData("""{"ResourceType":"Endpoint","RequestType":"Add","Settings":{}}""", ErrorKind.InvalidArgument, "$.Settings.EndpointId: the endpoint is missing; give its id")]
    [InlineData("""{"ResourceType":"Endpoint","RequestType":"Add"}""", ErrorKind.InvalidArgument, "$.Settings: the settings are missing; give them")]
    [InlineData("""{"ResourceType":"Endpoint","RequestType":"Add","Settings":{"EndpointId":"x"}}""", ErrorKind.InvalidArgument, "$.Settings.EndpointId: 'x' is not a GUID; write one like 7F0C3F52-2F0D-4A0E-9D3F-0C1D2E3F4A5B")]
    public void NamespaceRequest_Wrong_SaysWhatAndWhere(string json, ErrorKind kind, string expected) =>
        AssertRefused(() => NamespaceModification.Read(Encoding.UTF8.GetBytes(json)), kind, expected);

    [Theory]
    [InlineData("""{"ResourceType":"Port","RequestType":"Update","Settings":{}}""", ErrorKind.Unsupported, "$.RequestType: request type Update is not one of an endpoint's port; use Add or Remove")]
    [InlineData("""{"ResourceType":"Port","RequestType":"Add","Settings":{"PortId":"71CD3B74-1A0A-447E-BF9E-3716C6652176"}}""", ErrorKind.Unsupported, "$.Settings.PortId: ports have no ids of their own here: the tap is the port; leave the member out")]
    [InlineData("""{"ResourceType":"Policy","Settings":{"Policies":[]}}""", ErrorKind.Unsupported, "$.RequestType: request type (missing) is not one of an endpoint's policies; use Add, Remove, Update, Refresh or Reset")]
    [InlineData("""{"ResourceType":"Policy","RequestType":"Refresh","Settings":{"Policies":[{"Type":"PortName","Settings":{"Name":"x"}}]}}""", ErrorKind.Unsupported, "$.Settings.Policies: Refresh applies all policies again; leave the settings out")]
    [InlineData("""{"ResourceType":"Policy","RequestType":"Reset","Settings":{"Policies":[{"Type":"PortName","Settings":{"Name":"x"}}]}}""", ErrorKind.Unsupported, "$.Settings.Policies: Reset takes all policies away; leave the settings out")]
    [InlineData("""{"ResourceType":"Policy","RequestType":"Update","Settings":{"Policies":[{"Type":"L2Driver","Settings":{}}]}}""", ErrorKind.InvalidArgument, "$.Settings.Policies[0].Type: policies of type L2Driver are not honoured by this release; endpoints have PortMapping, ACL, TierAcl, OutBoundNAT, SDNRoute, QOS, InterfaceParameters, PortName, L4WFPPROXY, L4Proxy, ProviderAddress and EncapOverhead")]
    [InlineData("""{"ResourceType":"Policy","RequestType":"Add","Settings":{"Policies":[{"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":0}}]}}""", ErrorKind.InvalidArgument, "$.Settings.Policies[0].Settings.InternalPort: container port 0 is not a port; use 1 to 65535")]
    public void EndpointRequest_Wrong_SaysWhatAndWhere(string json, ErrorKind kind, string expected) =>
        AssertRefused(() => EndpointModification.Read(Encoding.UTF8.GetBytes(json)), kind, expected);

    [Theory]
    [InlineData("Add", "", "0.0.0.0:80:80,0.0.0.0:82:82")]
    [InlineData("Remove", "0.0.0.0:80:80,0.0.0.0:82:82", "")]
    [InlineData("Update", "0.0.0.0:81:81", "0.0.0.0:82:82")]
    public void EndpointRequest_AgainstAnEndpoint_SaysWhatToWithdrawAndToPublish(string type, string withdraw, string publish)
    {
        Endpoint endpoint = SampleTests.Stored(new EndpointSpec
        {
            NetworkId = Guid.Parse(Id),
            Publications = [PublicationText.Parse("0.0.0.0:80:80"), PublicationText.Parse("0.0.0.0:81:81")],
        });
        var request = EndpointModification.Read(Encoding.UTF8.GetBytes($$$"""
            {"ResourceType":"Policy","RequestType":"{{{type}}}","Settings":{"Policies":[
              {"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":80,"ExternalPort":80}},
              {"Type":"PortMapping","Settings":{"Protocol":6,"InternalPort":82,"ExternalPort":82}}]}}
            """));

        var change = request.For(endpoint);

        Assert.Equal((withdraw, publish), (Text(change.Withdraw), Text(change.Publish)));
    }

    [Theory]
    [InlineData("""{"ResourceType":"Extension","RequestType":"Add","Settings":{}}""", ErrorKind.Unsupported, "$.ResourceType: resource type Extension of a network cannot be changed in this release; networks have Policy, DNS, Subnet and IPSubnet; for the rest delete the network and create it anew")]
    [InlineData("""{"ResourceType":"Policy","Settings":{"Policies":[]}}""", ErrorKind.Unsupported, "$.RequestType: request type (missing) is not one of a network's policies; use Add, Remove, Update, Refresh or Reset")]
    [InlineData("""{"ResourceType":"Policy","RequestType":"Refresh","Settings":{"Policies":[{"Type":"OutBoundNAT","Settings":{}}]}}""", ErrorKind.Unsupported, "$.Settings.Policies: Refresh applies all policies again; leave the settings out")]
    [InlineData("""{"ResourceType":"Policy","RequestType":"Add","Settings":{"Policies":[{"Type":"NetAdapterName","Settings":{"NetworkAdapterName":"eth1"}}]}}""", ErrorKind.Unsupported, "$.Settings.Policies[0]: NetAdapterName cannot be changed; leave it out")]
    [InlineData("""{"ResourceType":"Subnet","RequestType":"Reset","Settings":{"Subnets":[{}]}}""", ErrorKind.Unsupported, "$.RequestType: request type Reset is not one of subnets; use Add, Remove or Update")]
    [InlineData("""{"ResourceType":"Subnet","RequestType":"Add","Settings":{}}""", ErrorKind.InvalidArgument, "$.Settings.Subnets: the request names no subnet; give at least one")]
    [InlineData("""{"ResourceType":"Subnet","RequestType":"Add"}""", ErrorKind.InvalidArgument, "$.Settings: the settings are missing; give them")]
    [InlineData("""{"ResourceType":"DNS","RequestType":"Add","Settings":{}}""", ErrorKind.Unsupported, "$.RequestType: request type Add is not one of name service settings; use Update or Reset")]
    [InlineData("""{"ResourceType":"DNS","RequestType":"Reset","Settings":{}}""", ErrorKind.Unsupported, "$.Settings: Reset takes all settings away; leave them out, or use Update")]
    [InlineData("""{"ResourceType":"IPSubnet","RequestType":"Refresh","Settings":{"IpSubnets":[{}]}}""", ErrorKind.Unsupported, "$.RequestType: request type Refresh is not one of parts of a subnet; use Add, Remove or Update")]
    [InlineData("""{"ResourceType":"IPSubnet","RequestType":"Remove","Settings":{"IpSubnets":[]}}""", ErrorKind.InvalidArgument, "$.Settings.IpSubnets: the request names no part of the subnet; give at least one")]
    [InlineData("""{"ResourceType":"Policy","RequestType":"Add","Settings":{"Policies":[{"Type":"VxlanPort","Settings":{}}]}}""", ErrorKind.Unsupported, "$.Settings.Policies[0].Type: VxlanPort cannot be changed while the network is there; delete it and create it anew")]
    [InlineData("""{"ResourceType":"Policy","RequestType":"Remove","Settings":{"Policies":[{"Type":"HostRoute","Settings":{}}]}}""", ErrorKind.Unsupported, "$.Settings.Policies: HostRoute can be added, and not be taken away while the network is there")]
    [InlineData("""{"ResourceType":"Policy","RequestType":"Add","Settings":{"Policies":[{"Type":"L4Proxy","Settings":{}}]}}""", ErrorKind.InvalidArgument, "$.Settings.Policies[0].Type: policies of type L4Proxy are honoured of endpoints only, for when a process connects its namespace is known, and not the network; give the policy to the network's endpoints")]
    public void NetworkRequest_Wrong_SaysWhatAndWhere(string json, ErrorKind kind, string expected) =>
        AssertRefused(() => NetworkModification.Read(Encoding.UTF8.GetBytes(json)), kind, expected);

    [Theory]
    [InlineData(ResourceKind.Network, ChangeKind.Created, 2)]
    [InlineData(ResourceKind.Network, ChangeKind.Deleted, 4)]
    [InlineData(ResourceKind.Namespace, ChangeKind.Created, 5)]
    [InlineData(ResourceKind.Namespace, ChangeKind.Deleted, 6)]
    [InlineData(ResourceKind.Endpoint, ChangeKind.Attached, 9)]
    [InlineData(ResourceKind.Endpoint, ChangeKind.Detached, 16)]
    public void Notification_ForAChange_IsWhatTheCallbackGets(ResourceKind resource, ChangeKind kind, int type) => Assert.Equal(
        $$$"""{"NotificationType":{{{type}}},"NotificationStatus":0,"NotificationData":{"ID":"{{{Id}}}","Flags":0}}""",
        HcnJson.Write(HcnNotification.For(new Change(1, resource, kind, Guid.Parse(Id), "x"))));

    [Theory]
    [InlineData(ResourceKind.Network, ChangeKind.Modified)]
    [InlineData(ResourceKind.Endpoint, ChangeKind.Created)]
    [InlineData(ResourceKind.Endpoint, ChangeKind.Deleted)]
    public void Notification_ForAChangeHcnDoesNotKnow_IsNone(ResourceKind resource, ChangeKind kind) =>
        Assert.Null(HcnNotification.For(new Change(1, resource, kind, Guid.Parse(Id), "x")));

    [Theory]
    [InlineData("""{"Setting":[{"NextHop":"10.0.0.1"}]}""")]
    [InlineData("""{"Routes":[{"NextHop":"10.0.0.1"}]}""")]
    public void Route_UnderEitherSpelling_IsReadAndWrittenUnderBoth(string json) => Assert.Equal(
        """{"Routes":[{"NextHop":"10.0.0.1"}],"Setting":[{"NextHop":"10.0.0.1"}]}""",
        HcnJson.Write(HcnJson.Read<HostComputeRoute>(Encoding.UTF8.GetBytes(json)).UnderBothSpellings()));

    private static string Text(IEnumerable<PortPublication> publications) => string.Join(',', publications.Select(PublicationText.Format));

    private static void AssertRefused(Func<object> read, ErrorKind kind, string expected)
    {
        var error = Assert.Throws<FairwayException>(read);

        Assert.Equal([expected], error.Findings.Select(finding => $"{finding.Path}: {finding.Message}"));
        Assert.Equal(kind, error.Kind);
    }
}
