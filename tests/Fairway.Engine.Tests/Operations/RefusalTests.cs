using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Testing;

namespace Fairway.Engine.Tests.Operations;

/// <summary>Every way to be refused: which kind, which field, which words; and nothing has changed.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private static readonly Guid s_web = Guid.Parse("11111111-0000-4000-8000-000000000001");
    private static readonly Guid s_first = Guid.Parse("22222222-0000-4000-8000-000000000001");
    private static readonly string s_long = new('x', 300);

    private TestEngine _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. s_cases.Keys];

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        // Networks
        ["network name taken"] = new(host => Network(host, new NetworkSpec { Name = "WEB" }), ErrorKind.AlreadyExists, "$.Name",
            "network 'WEB' exists already; choose another name, or delete it first"),
        ["network id taken"] = new(host => Network(host, new NetworkSpec { Name = "other", Id = s_web }), ErrorKind.AlreadyExists, "$.Id",
            "is network 'web' already; choose another id, or none"),
        ["network name is a path"] = new(host => Network(host, new NetworkSpec { Name = "../etc" }), ErrorKind.InvalidArgument, "$.Name", "use 1 to 63 of"),
        ["network name is long"] = new(host => Network(host, new NetworkSpec { Name = s_long }), ErrorKind.InvalidArgument, "$.Name", "has 300 characters; use 1 to 63"),
        ["subnet overlaps a network's"] = new(host => Network(host, Subnet("10.1.0.128/25")), ErrorKind.Conflict, "$.Subnets[0].Prefix",
            "subnet 10.1.0.128/25 overlaps network 'web' (10.1.0.0/24); choose another prefix"),
        ["subnet contains a network's"] = new(host => Network(host, Subnet("10.1.0.0/16")), ErrorKind.Conflict, "$.Subnets[0].Prefix", "overlaps network 'web'"),
        ["second subnet overlaps"] = new(host => Network(host, Subnet("10.50.0.0/24", "fd00:1::/48")), ErrorKind.Conflict, "$.Subnets[1].Prefix", "overlaps network 'web' (fd00:1::/64)"),
        ["subnet overlaps a host route"] = new(host => Network(host, Subnet("192.0.0.0/16")), ErrorKind.Conflict, "$.Subnets[0].Prefix",
            "subnet 192.0.0.0/16 overlaps the host's route to 192.0.2.0/24; choose another prefix"),
        ["gateway outside the subnet"] = new(host => Network(host, new NetworkSpec { Name = "new", Subnets = [new SubnetSpec(IPNetwork.Parse("10.50.0.0/24"), IPAddress.Parse("10.51.0.1"))] }),
            ErrorKind.InvalidArgument, "$.Subnets[0].Gateway", "gateway 10.51.0.1 is not in subnet 10.50.0.0/24"),
        ["overlay network"] = new(host => Network(host, new NetworkSpec { Name = "new", Type = NetworkType.Overlay }), ErrorKind.InvalidArgument, "$.Subnets", "give them, each with its virtual subnet id"),
        ["unknown uplink"] = new(host => Network(host, Lan("eth9")), ErrorKind.NotFound, "$.Uplink", "this host has no device 'eth9'; name one that 'ip link' lists"),
        ["uplink without Ethernet"] = new(host => Network(host, Lan("tun0")), ErrorKind.InvalidArgument, "$.Uplink", "device 'tun0' cannot be an uplink: it has no Ethernet headers"),
        ["MTU above the uplink's"] = new(host => Network(host, Lan("eth1") with { Mtu = 1500 }), ErrorKind.InvalidArgument, "$.Mtu", "an MTU of 1500 bytes is above the 1400 of uplink 'eth1'"),
        ["delete a network with endpoints"] = new(host => host.Networking.DeleteNetworkAsync("web", Cancellation), ErrorKind.Conflict, null,
            "delete network 'web': it has 4 endpoints ('first', 'idle', 'second', ...); delete them first"),
        ["delete an unknown network"] = new(host => host.Networking.DeleteNetworkAsync("nowhere", Cancellation), ErrorKind.NotFound, null,
            "network 'nowhere' does not exist; list the networks"),
        ["delete by an ambiguous prefix"] = new(host => host.Networking.DeleteNetworkAsync("1111", Cancellation), ErrorKind.Conflict, null,
            "network '1111' may be 'closed'", "'web' (11111111-0000-4000-8000-000000000001)", "give more of the id"),
        ["host link of somebody else"] = new(host => Network(host, new NetworkSpec { Name = "alien" }), ErrorKind.Conflict, null,
            "create network 'alien': create link 'fw-alien': it exists and is not Fairway's; choose another network name"),

        // Namespaces
        ["namespace name taken"] = new(host => Namespace(host, new NamespaceSpec { Name = "c1" }), ErrorKind.AlreadyExists, "$.Name",
            "namespace 'c1' exists already; choose another name, or delete it first"),
        ["namespace name is a path"] = new(host => Namespace(host, new NamespaceSpec { Name = "/run/netns/x" }), ErrorKind.InvalidArgument, "$.Name", "contains '/'"),
        ["namespace path leads nowhere"] = new(host => Namespace(host, new NamespaceSpec { Name = "new", Path = "/proc/99/ns/net" }), ErrorKind.NotFound, "$.Path",
            "'/proc/99/ns/net' leads to no network namespace"),
        ["namespace known under another name"] = new(host => Namespace(host, new NamespaceSpec { Name = "new", Path = "/run/netns/fairway-c1" }), ErrorKind.AlreadyExists, "$.Path",
            "is known as 'c1' already; use that one"),
        ["delete a namespace with endpoints"] = new(host => host.Networking.DeleteNamespaceAsync("c1", Cancellation), ErrorKind.Conflict, null,
            "delete namespace 'c1': it has the endpoint 'web/first'; detach or delete them first"),
        ["delete an unknown namespace"] = new(host => host.Networking.DeleteNamespaceAsync("nowhere", Cancellation), ErrorKind.NotFound, null, "namespace 'nowhere' does not exist"),

        // Endpoints
        ["endpoint name taken"] = new(host => Endpoint(host, Request() with { Name = "First" }), ErrorKind.AlreadyExists, "$.Name",
            "endpoint 'First' exists already in network 'web'"),
        ["endpoint id taken"] = new(host => host.Networking.CreateEndpointAsync(new EndpointSpec { Id = s_first, NetworkId = s_web }, Cancellation), ErrorKind.AlreadyExists, "$.Id",
            "is endpoint 'web/first' already"),
        ["endpoint of an unknown network"] = new(host => Endpoint(host, Request() with { Network = "nowhere" }), ErrorKind.NotFound, null, "network 'nowhere' does not exist"),
        ["endpoint of an unknown network id"] = new(host => host.Networking.CreateEndpointAsync(new EndpointSpec { NetworkId = s_first }, Cancellation), ErrorKind.NotFound, "$.NetworkId",
            "does not exist; create it first"),
        ["endpoint in an unknown namespace"] = new(host => Endpoint(host, Request() with { Namespace = "nowhere" }), ErrorKind.NotFound, null, "namespace 'nowhere' does not exist"),
        ["endpoint at a path that leads nowhere"] = new(host => Endpoint(host, Request() with { NetnsPath = "/proc/99/ns/net" }), ErrorKind.NotFound, "$.NetnsPath",
            "'/proc/99/ns/net' leads to no network namespace"),
        ["address outside the subnets"] = new(host => Endpoint(host, Request("10.2.0.5")), ErrorKind.InvalidArgument, "$.Addresses[0]",
            "address 10.2.0.5 is in no subnet of network 'web' (10.1.0.0/24, fd00:1::/64); choose one of theirs"),
        ["address taken"] = new(host => Endpoint(host, Request("10.1.0.9", "fd00:1::2")), ErrorKind.Conflict, "$.Addresses[1]",
            "address fd00:1::2 is taken by endpoint 'web/first'; choose another address, or none"),
        ["address is the gateway"] = new(host => Endpoint(host, Request("10.1.0.1")), ErrorKind.Conflict, "$.Addresses[0]", "address 10.1.0.1 is the gateway of network 'web'"),
        ["address is the broadcast"] = new(host => Endpoint(host, Request("10.1.0.255")), ErrorKind.InvalidArgument, "$.Addresses[0]",
            "address 10.1.0.255 is reserved in 10.1.0.0/24; choose one from 10.1.0.1 to 10.1.0.254"),
        ["two addresses of a subnet"] = new(host => Endpoint(host, Request("10.1.0.8", "10.1.0.9")), ErrorKind.InvalidArgument, "$.Addresses[1]", "ask for one of each subnet"),
        ["subnet exhausted"] = new(host => Endpoint(host, Request() with { Network = "tiny" }), ErrorKind.Exhausted, "$.Addresses",
            "subnet 10.3.0.0/30 of network 'tiny' is exhausted: 1 of 1 addresses leased; delete endpoints, or make a larger network"),
        ["MAC taken"] = new(host => Endpoint(host, Request() with { MacAddress = new MacAddress(0x02_00_00_00_00_01) }), ErrorKind.Conflict, "$.MacAddress",
            "MAC 02:00:00:00:00:01 is taken by endpoint 'first' in network 'web'"),
        ["interface name of another endpoint"] = new(host => Endpoint(host, Request() with { Namespace = "c1" }), ErrorKind.Conflict, "$.InterfaceName",
            "interface 'eth0' in namespace 'c1' is endpoint 'web/first'; choose another interface name"),
        ["interface name of somebody else"] = new(host => Endpoint(host, Request() with { Namespace = "c1", InterfaceName = "wg0" }), ErrorKind.Conflict, null,
            "create interface 'wg0' in '/run/netns/fairway-c1': the name is in use; choose another interface name"),
        ["interface name too long"] = new(host => Endpoint(host, Request() with { InterfaceName = "abcdefghijklmnop" }), ErrorKind.InvalidArgument, "$.InterfaceName", "has 16 characters"),
        ["attach of an attached endpoint"] = new(host => host.Networking.AttachEndpointAsync("first", "c2", null, Cancellation), ErrorKind.Conflict, null,
            "attach endpoint 'first': it is interface 'eth0' of namespace 'c1'; detach it first"),
        ["attach to a path that leads nowhere"] = new(host => host.Networking.AttachEndpointAsync("idle", "/proc/99/ns/net", null, Cancellation), ErrorKind.NotFound, "$.Namespace", "leads to no network namespace"),
        ["attach with a port a host process took meanwhile"] = new(host =>
        {
            host.Kernel.HoldPort(TransportProtocol.Udp, IPAddress.Any, 7000, "'dnsd' (pid 10)");
            return host.Networking.AttachEndpointAsync("waiting", "c2", null, Cancellation);
        }, ErrorKind.Conflict, "$.Publications[0].HostPort", "publish 7000:80/udp of endpoint 'waiting': port 7000 of the host is used by 'dnsd' (pid 10)"),
        ["endpoint name of two networks"] = new(host => host.Networking.DeleteEndpointAsync("second", Cancellation), ErrorKind.Conflict, null,
            "endpoint 'second' may be", "'web/second'", "'closed/second'"),
        ["unknown endpoint"] = new(host => host.Networking.DeleteEndpointAsync("web/nobody", Cancellation), ErrorKind.NotFound, null, "endpoint 'web/nobody' does not exist"),

        // Ports
        ["port published by another endpoint"] = new(host => Publish(host, "idle", Port(8080)), ErrorKind.Conflict, "$[0].HostPort",
            "publish 8080:80 of endpoint 'idle': endpoint 'web/first' publishes 8080:80; choose another host port, or unpublish that one"),
        ["port on one address published on all"] = new(host => Publish(host, "idle", Port(8080) with { HostAddress = IPAddress.Parse("192.0.2.1") }), ErrorKind.Conflict, "$[0].HostPort", "endpoint 'web/first' publishes 8080:80"),
        ["port on all published on one address"] = new(host => Publish(host, "idle", Port(5353)), ErrorKind.Conflict, "$[0].HostPort", "endpoint 'web/first' publishes 127.0.0.1:5353:53"),
        ["range over a published port"] = new(host => Publish(host, "idle", Port(9000), Port(8070) with { Count = 20 }), ErrorKind.Conflict, "$[1].HostPort", "publish 8070-8089:80-99", "'web/first' publishes 8080:80"),
        ["port of a host process"] = new(host => Publish(host, "idle", Port(22)), ErrorKind.Conflict, "$[0].HostPort",
            "publish 22:80 of endpoint 'idle': port 22 of the host is used by 'sshd' (pid 7); choose another host port, or stop it"),
        ["range over a port of a host process"] = new(host => Publish(host, "idle", Port(20) with { Count = 5 }), ErrorKind.Conflict, "$[0].HostPort", "port 22 of the host is used by 'sshd' (pid 7)"),
        ["address of another host"] = new(host => Publish(host, "idle", Port(9000) with { HostAddress = IPAddress.Parse("198.51.100.1") }), ErrorKind.InvalidArgument, "$[0].HostAddress",
            "198.51.100.1 is not an address of the host; use 192.0.2.1, or leave it out for all"),
        ["publication of an internal network"] = new(host => Publish(host, "closed/second", Port(9000)), ErrorKind.InvalidArgument, "$[0]", "network 'closed' is internal and has no way in"),
        ["publication of a family the endpoint lacks"] = new(host => Publish(host, "tiny/last", Port(9000) with { HostAddress = IPAddress.IPv6Loopback }), ErrorKind.InvalidArgument, "$[0].HostAddress",
            "the endpoint has no address of the host address's family"),
        ["created with a published port"] = new(host => Endpoint(host, Request() with { Publications = [Port(9000), Port(8080)] }), ErrorKind.Conflict, "$.Publications[1].HostPort", "'web/first' publishes 8080:80"),
        ["attached with a published port"] = new(host => host.Networking.AttachAsync(Workload() with { Publish = [Port(8080)] }, Cancellation), ErrorKind.Conflict, "$.Publish[0].HostPort", "'web/first' publishes 8080:80"),
        ["no free port left"] = new(host => Publish(host, "idle", Port(0)), ErrorKind.Exhausted, "$[0].HostPort", "no host port from 30 to 31 is free"),
        ["unpublish what is not published"] = new(host => host.Networking.UnpublishAsync("idle", [Port(8080)], Cancellation), ErrorKind.NotFound, "$[0]",
            "endpoint 'idle' does not publish every address port 8080/tcp"),

        // Engines
        ["attach to an unknown network"] = new(host => host.Networking.AttachAsync(Workload() with { Network = "nowhere" }, Cancellation), ErrorKind.NotFound, null, "network 'nowhere' does not exist"),
        ["attach to an absent path"] = new(host => host.Networking.AttachAsync(Workload() with { NetnsPath = "/proc/99/ns/net" }, Cancellation), ErrorKind.NotFound, "$.NetnsPath", "leads to no network namespace"),
        ["attach with a relative path"] = new(host => host.Networking.AttachAsync(Workload() with { NetnsPath = "ns/net" }, Cancellation), ErrorKind.InvalidArgument, "$.NetnsPath", "is not absolute"),
        ["attach again to another network"] = new(host => host.Networking.AttachAsync(Workload("known") with { Network = "closed" }, Cancellation), ErrorKind.Conflict, "$.Network",
            "interface 'eth0' of 'known' is endpoint 'web/known' already, with another network; detach it first"),
        ["attach again with another address"] = new(host => host.Networking.AttachAsync(Workload("known") with { Addresses = [IPAddress.Parse("10.1.0.77")] }, Cancellation), ErrorKind.Conflict, "$.Addresses", "with another address"),
        ["attach again with another port"] = new(host => host.Networking.AttachAsync(Workload("known") with { Publish = [Port(9000)] }, Cancellation), ErrorKind.Conflict, "$.Publish", "with another publication"),
        ["detach without an owner's id"] = new(host => host.Networking.DetachAsync(new DetachRequest(new Owner("test", "")), Cancellation), ErrorKind.InvalidArgument, "$.Owner.Id", "owner"),
    };

    public async ValueTask InitializeAsync()
    {
        _host = await TestEngine.StartAsync();
        await _host.StopAsync();
        _host.Options = _host.Options with { FirstFreePort = 30, LastFreePort = 31 };
        await _host.StartAsync();
        var kernel = _host.Kernel;
        kernel.AddNamespace("/proc/1/ns/net");
        kernel.AddNamespace("/proc/2/ns/net");
        kernel.ForeignLinks.Add("fw-alien");
        kernel.HoldPort(TransportProtocol.Tcp, IPAddress.Any, 22, "'sshd' (pid 7)");
        kernel.HoldPort(TransportProtocol.Tcp, IPAddress.Any, 30, "'a' (pid 8)");
        kernel.HoldPort(TransportProtocol.Tcp, IPAddress.IPv6Any, 31, "'b' (pid 9)");
        await Network(_host, new NetworkSpec { Name = "web", Id = s_web, Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/24")), new SubnetSpec(IPNetwork.Parse("fd00:1::/64"))] });
        await Network(_host, new NetworkSpec { Name = "closed", Id = Guid.Parse("11112222-0000-4000-8000-000000000001"), Type = NetworkType.Internal, Subnets = [new SubnetSpec(IPNetwork.Parse("10.2.0.0/24"))] });
        await Network(_host, new NetworkSpec { Name = "tiny", Subnets = [new SubnetSpec(IPNetwork.Parse("10.3.0.0/30"))] });
        await Namespace(_host, new NamespaceSpec { Name = "c1" });
        await Namespace(_host, new NamespaceSpec { Name = "c2" });
        kernel.AddForeignInterface("/run/netns/fairway-c1", "wg0");
        await _host.Networking.CreateEndpointAsync(new EndpointSpec
        {
            Id = s_first,
            Name = "first",
            NetworkId = s_web,
            NamespaceId = _host.Networking.GetNamespace("c1").Spec.Id,
            MacAddress = new MacAddress(0x02_00_00_00_00_01),
            Publications = [Port(8080), Port(5353) with { ContainerPort = 53, HostAddress = IPAddress.Loopback }],
        }, Cancellation);
        await Endpoint(_host, Request() with { Name = "second" });
        await Endpoint(_host, Request() with { Name = "idle" });
        await Endpoint(_host, Request() with { Name = "waiting", Publications = [Port(7000) with { Protocol = TransportProtocol.Udp }] });
        await Endpoint(_host, Request() with { Name = "second", Network = "closed" });
        await Endpoint(_host, Request() with { Name = "last", Network = "tiny" });
        await _host.Networking.AttachAsync(Workload("known"), Cancellation);
        await _host.Networking.DeleteEndpointAsync("web/known", Cancellation);
        await _host.Networking.AttachAsync(Workload("known"), Cancellation);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_ThatCannotBe_NamesFieldCauseAndRemedy_AndChangesNothing(string name)
    {
        var refused = s_cases[name];
        if (name == "delete a network with endpoints")
            await _host.Networking.DeleteEndpointAsync("web/known", Cancellation);
        var (state, kernel) = (HostSummary(), _host.Kernel.Dump());
        var problem = await Assert.ThrowsAsync<FairwayException>(() => refused.Operation(_host));
        Assert.Equal(refused.Kind, problem.Kind);
        Assert.All(refused.Words, words => Assert.Contains(words, problem.Message, StringComparison.Ordinal));
        if (refused.Path is not null)
            Assert.Equal(refused.Path, Assert.Single(problem.Findings).Path);
        Assert.Equal(state, HostSummary());
        Assert.Equal(kernel, _host.Kernel.Dump());
    }

    private string HostSummary() => Crashes.HostSummary.Of(_host.Engine.Store.Current);

    private static Task<Network> Network(TestEngine host, NetworkSpec spec) => host.Networking.CreateNetworkAsync(spec, Cancellation);

    private static Task<NetworkNamespace> Namespace(TestEngine host, NamespaceSpec spec) => host.Networking.CreateNamespaceAsync(spec, Cancellation);

    private static Task<Endpoint> Endpoint(TestEngine host, CreateEndpointRequest request) => host.Networking.CreateEndpointAsync(request, Cancellation);

    private static Task<IReadOnlyList<PortPublication>> Publish(TestEngine host, string endpoint, params PortPublication[] publications) => host.Networking.PublishAsync(endpoint, publications, Cancellation);

    private static NetworkSpec Subnet(params string[] prefixes) => new() { Name = "new", Subnets = [.. prefixes.Select(prefix => new SubnetSpec(IPNetwork.Parse(prefix)))] };

    private static NetworkSpec Lan(string uplink) => Subnet("203.0.113.0/24") with { Type = NetworkType.Transparent, Uplink = uplink };

    private static CreateEndpointRequest Request(params string[] addresses) => new() { Network = "web", Addresses = [.. addresses.Select(IPAddress.Parse)] };

    private static AttachRequest Workload(string name = "new") => new()
    {
        Network = "web",
        NetnsPath = name == "known" ? "/proc/1/ns/net" : "/proc/2/ns/net",
        Endpoint = name,
        Owner = new Owner("test", name),
    };

    private static PortPublication Port(ushort port) => new() { HostPort = port, ContainerPort = 80 };

    private sealed record Case(Func<TestEngine, Task> Operation, ErrorKind Kind, string? Path, params string[] Words);
}
