using System.Net;
using System.Text.Json;
using Fairway.Cni.Configuration;
using Fairway.Cni.Protocol;
using Fairway.Model.Addressing;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Cni.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Configuration_WithNothing_MeansADefaultNetworkOfItsName()
    {
        var configuration = Read("");

        Assert.Equal(("pods", "pods", "/run/fairway/fairway.sock"), (configuration.Name, configuration.Network, configuration.SocketPath));
        Assert.True(configuration.Shape.IsSilent);
        Assert.Equal(NetworkType.Nat, configuration.Shape.ToSpec("pods").Type);
    }

    [Fact]
    public void Configuration_WithEverything_IsRead()
    {
        var configuration = Read("""
            "network": "web", "networkType": "internal", "mtu": 1400, "publishFrom": ["192.0.2.0/24"],
            "subnets": [{"subnet": "10.1.0.0/16", "gateway": "10.1.0.9", "rangeStart": "10.1.4.0", "rangeEnd": "10.1.7.255"}, {"subnet": "fd00:1::/64"}],
            "dns": {"nameservers": ["192.0.2.53"], "domain": "example", "search": ["a.example"], "options": ["ndots:2"]},
            "args": {"cni": {"labels": [{"key": "app", "value": "shop"}], "ips": ["10.1.4.4"]}, "others": {"x": 1}},
            "capabilities": {"portMappings": true}, "ipMasq": true, "ipam": {}
            """);

        Assert.Equal("web", configuration.Network);
        Assert.Equal((NetworkType.Internal, 1400), (configuration.Shape.Type, configuration.Shape.Mtu));
        Assert.Equal([new SubnetSpec(IPNetwork.Parse("10.1.0.0/16"), IPAddress.Parse("10.1.0.9"), IPNetwork.Parse("10.1.4.0/22")), new SubnetSpec(IPNetwork.Parse("fd00:1::/64"))],
            configuration.Shape.Subnets);
        Assert.Equal([IPNetwork.Parse("192.0.2.0/24")], configuration.PublishFrom);
        Assert.Equal(["192.0.2.53"], configuration.Dns.Servers);
        Assert.Equal(["a.example"], configuration.Dns.Search);
        Assert.Equal("shop", configuration.Wishes.Labels["app"]);
        Assert.Equal([new AskedAddress(IPAddress.Parse("10.1.4.4"), null)], configuration.Wishes.Addresses);
    }

    [Fact]
    public void RuntimeConfig_WithEverything_IsRead_OverTheConfiguration()
    {
        var configuration = Read("""
            "runtimeConfig": {
              "portMappings": [{"hostPort": 8080, "containerPort": 80, "protocol": "tcp"}, {"hostPort": 53, "containerPort": 53, "protocol": "UDP", "hostIP": "127.0.0.1"}],
              "ips": ["10.1.0.9/16"], "mac": "02:15:5d:01:02:03", "aliases": ["db"], "bandwidth": null,
              "dns": {"servers": ["192.0.2.54"], "searches": [], "options": ["timeout:1"]},
              "ipRanges": [[{"subnet": "10.2.0.0/16"}]]
            },
            "subnets": [{"subnet": "10.1.0.0/16"}], "dns": {"nameservers": ["192.0.2.53"], "search": ["example"]}
            """);

        Assert.Equal([new PortPublication { HostPort = 8080, ContainerPort = 80 },
            new PortPublication { HostPort = 53, ContainerPort = 53, Protocol = TransportProtocol.Udp, HostAddress = IPAddress.Loopback }], configuration.Wishes.Publications);
        Assert.Equal([new AskedAddress(IPAddress.Parse("10.1.0.9"), 16)], configuration.Wishes.Addresses);
        Assert.Equal(MacAddress.FromBytes([2, 0x15, 0x5d, 1, 2, 3]), configuration.Wishes.Mac);
        Assert.Equal(["db"], configuration.Wishes.Aliases);
        Assert.Equal(["192.0.2.54"], configuration.Dns.Servers);
        Assert.Equal(["example"], configuration.Dns.Search);
        Assert.Equal(["timeout:1"], configuration.Dns.Options);
        Assert.Equal([new SubnetSpec(IPNetwork.Parse("10.2.0.0/16"))], configuration.Shape.Subnets);
    }

    [Fact]
    public void RuntimeConfig_AsContainerdSpellsIt_IsRead()
    {
        var configuration = Read("""
            "runtimeConfig": {
              "portMappings": [{"HostPort": 8080, "ContainerPort": 80, "Protocol": "tcp", "HostIP": ""}],
              "dns": {"Servers": ["192.0.2.54"], "Searches": ["example"], "Options": null},
              "ipRanges": [[{"Subnet": "10.2.0.0/16", "RangeStart": "", "RangeEnd": "", "Gateway": ""}]]
            }
            """);

        Assert.Equal([new PortPublication { HostPort = 8080, ContainerPort = 80 }], configuration.Wishes.Publications);
        Assert.Equal(["example"], configuration.Dns.Search);
        Assert.Equal([new SubnetSpec(IPNetwork.Parse("10.2.0.0/16"))], configuration.Shape.Subnets);
    }

    [Fact]
    public void PortMappings_InARow_BecomeOnePublication()
    {
        var ports = string.Join(",", Enumerable.Range(0, 1000).Select(i => $$"""{"hostPort": {{2000 + i}}, "containerPort": {{3000 + i}}}"""));

        var publication = Assert.Single(Read($$""" "runtimeConfig": {"portMappings": [{{ports}}]} """).Wishes.Publications);

        Assert.Equal((2000, 3000, 1000), (publication.HostPort, publication.ContainerPort, publication.Count));
    }

    [Fact]
    public void Aliases_AsPodmanWritesThem_AreThoseOfThisNetwork() =>
        Assert.Equal(["db", "store"], Read(""" "runtimeConfig": {"aliases": {"pods": ["db", "store"], "other": ["x"]}} """).Wishes.Aliases);

    [Theory]
    [InlineData("10.1.0.2", "10.1.255.254", "10.1.0.0/16")]
    [InlineData("10.1.0.1", "10.1.0.127", "10.1.0.0/25")]
    [InlineData("10.1.128.0", "10.1.255.255", "10.1.128.0/17")]
    [InlineData("10.1.128.0", null, "10.1.128.0/17")]
    [InlineData(null, "10.1.3.255", "10.1.0.0/22")]
    [InlineData("10.1.0.9", "10.1.0.9", "10.1.0.9/32")]
    public void Range_ThatIsAPrefix_IsTaken(string? start, string? end, string expected) =>
        Assert.Equal(IPNetwork.Parse(expected), Read($$""" "subnets": [{"subnet": "10.1.0.0/16"{{Bound("rangeStart", start)}}{{Bound("rangeEnd", end)}}}] """).Shape.Subnets[0].AllocationRange);

    [Theory]
    [InlineData("\"subnets\": [{\"subnet\": \"10.1.0.0/16\", \"rangeStart\": \"10.1.0.10\", \"rangeEnd\": \"10.1.0.200\"}]", "10.1.0.10")]
    [InlineData("\"subnets\": [{\"subnet\": \"10.1.0.0/16\", \"rangeStart\": \"10.2.0.10\"}]", "10.2.0.10")]
    [InlineData("\"subnets\": [{\"subnet\": \"10.1.0.1/16\"}]", "10.1.0.0/16")]
    [InlineData("\"subnets\": [{}]", "subnets[0]")]
    [InlineData("\"subnets\": {}", "subnets")]
    [InlineData("\"subnets\": [7]", "subnets[0]")]
    [InlineData("\"network\": 7", "network")]
    [InlineData("\"network\": \"../x\"", "../x")]
    [InlineData("\"networkType\": \"mirrored\"", "mirrored")]
    [InlineData("\"networkType\": 1", "networkType")]
    [InlineData("\"mtu\": 100", "576")]
    [InlineData("\"mtu\": \"1500\"", "mtu")]
    [InlineData("\"socket\": \"fairway.sock\"", "fairway.sock")]
    [InlineData("\"publishFrom\": [\"192.0.2.1/24\"]", "publishFrom[0]")]
    [InlineData("\"ipMasq\": \"yes\"", "ipMasq")]
    [InlineData("\"dns\": []", "dns")]
    [InlineData("\"dns\": {\"nameservers\": [\"nobody\"]}", "dns.nameservers[0]")]
    [InlineData("\"prevResult\": []", "prevResult")]
    [InlineData("\"args\": 7", "args")]
    [InlineData("\"args\": {\"cni\": {\"ips\": [\"10.1.0.999\"]}}", "args.cni.ips[0]")]
    [InlineData("\"args\": {\"cni\": {\"labels\": [{\"key\": \"a\"}]}}", "value")]
    [InlineData("\"runtimeConfig\": []", "runtimeConfig")]
    [InlineData("\"runtimeConfig\": {\"portMappings\": {}}", "runtimeConfig.portMappings")]
    [InlineData("\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 80}]}", "containerPort")]
    [InlineData("\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 0, \"containerPort\": 80}]}", "portMappings[0].hostPort")]
    [InlineData("\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 70000, \"containerPort\": 80}]}", "65535")]
    [InlineData("\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 80, \"containerPort\": 80, \"protocol\": \"sctp\"}]}", "sctp")]
    [InlineData("\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 80, \"containerPort\": 80, \"hostIP\": \"localhost\"}]}", "hostIP")]
    [InlineData("\"runtimeConfig\": {\"mac\": \"nonsense\"}", "nonsense")]
    [InlineData("\"runtimeConfig\": {\"ips\": \"10.1.0.9\"}", "runtimeConfig.ips")]
    [InlineData("\"runtimeConfig\": {\"ips\": [\"10.1.0.9/99\"]}", "10.1.0.9/99")]
    [InlineData("\"runtimeConfig\": {\"aliases\": [1]}", "aliases[0]")]
    [InlineData("\"runtimeConfig\": {\"bandwidth\": []}", "runtimeConfig.bandwidth")]
    [InlineData("\"runtimeConfig\": {\"bandwidth\": {\"ingressRate\": \"1M\"}}", "bandwidth.ingressRate")]
    [InlineData("\"runtimeConfig\": {\"bandwidth\": {\"egressRate\": -1}}", "bandwidth.egressRate")]
    [InlineData("\"runtimeConfig\": {\"bandwidth\": {\"egressRate\": 10}}", "bits a second are no use")]
    [InlineData("\"runtimeConfig\": {\"bandwidth\": {\"ingressBurst\": 80000}}", "without 'ingressRate'")]
    [InlineData("\"runtimeConfig\": {\"ipRanges\": [{}]}", "ipRanges[0]")]
    [InlineData("\"runtimeConfig\": {\"ipRanges\": [[{\"subnet\": \"10.1.0.0/24\"}, {\"subnet\": \"10.2.0.0/24\"}]]}", "ipRanges[0]")]
    public void Member_ThatIsWrong_IsRefused_NamingIt(string members, string named)
    {
        var refusal = Assert.Throws<CniException>(() => Read(members));

        Assert.Equal(CniErrorCode.InvalidConfiguration, refusal.Code);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"subnet\": \"10.1.0.0/16\"", "subnet", "10.1.0.0/16")]
    [InlineData("\"ipMasq\": false", "ipMasq", "false")]
    [InlineData("\"ipam\": {\"type\": \"host-local\"}", "ipam", "host-local")]
    [InlineData("\"dns\": {\"servers\": []}", "dns.servers", "[]")]
    [InlineData("\"subnets\": [{\"subnet\": \"10.1.0.0/16\", \"vlan\": 7}]", "subnets[0].vlan", "7")]
    [InlineData("\"args\": {\"cni\": {\"speed\": 9}}", "args.cni.speed", "9")]
    [InlineData("\"runtimeConfig\": {\"bandwidth\": {\"speed\": 9}}", "runtimeConfig.bandwidth.speed", "9")]
    [InlineData("\"runtimeConfig\": {\"infinibandGUID\": \"c2:11\"}", "runtimeConfig.infinibandGUID", "c2:11")]
    [InlineData("\"runtimeConfig\": {\"portMappings\": [{\"hostPort\": 1, \"containerPort\": 2, \"weight\": 3}]}", "portMappings[0].weight", "3")]
    public void Member_WithoutAMeaning_IsRefused_NamingItAndItsValue(string members, string named, string value)
    {
        var refusal = Assert.Throws<CniException>(() => Read(members));

        Assert.Equal(CniErrorCode.UnsupportedField, refusal.Code);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(value, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Del_ReadsNoMoreThanItNeeds() => Assert.Equal("web", Read("\"network\": \"web\", \"runtimeConfig\": 7, \"nonsense\": 1", CniCommand.Del).Network);

    [Fact]
    public void Gc_ReadsTheAttachments() =>
        Assert.Equal([("c1", "eth0")], Read("\"cni.dev/valid-attachments\": [{\"containerID\": \"c1\", \"ifname\": \"eth0\"}]", CniCommand.Gc).ValidAttachments!);

    [Theory]
    [InlineData("")]
    [InlineData("\"cni.dev/valid-attachments\": {}")]
    [InlineData("\"cni.dev/valid-attachments\": [{\"containerID\": \"c1\"}]")]
    public void Gc_WithoutAttachments_IsRefused(string members) =>
        Assert.Contains("cni.dev/valid-attachments", Assert.Throws<CniException>(() => Read(members, CniCommand.Gc)).Message, StringComparison.Ordinal);

    private static string Bound(string member, string? address) => address is null ? "" : $", \"{member}\": \"{address}\"";

    private static NetworkConfiguration Read(string members, CniCommand command = CniCommand.Add)
    {
        var text = $$"""{"cniVersion": "1.1.0", "name": "pods", "type": "fairway-cni"{{(string.IsNullOrWhiteSpace(members) ? "" : ", " + members)}}}""";
        using var document = JsonDocument.Parse(text);
        return ConfigurationReader.Read(document.RootElement.Clone(), CniVersion.Latest, command);
    }
}
