using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Doctor;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Linux.Host;
using Fairway.Linux.Netfilter;
using Fairway.Model.Health;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Cli.Tests.Doctor;

/// <summary>The checks over hosts as one imagines them: healthy but for what the test changes.</summary>
public sealed class CheckTests
{
    private static readonly DaemonFacts s_daemon = new(Sample.Health, [Sample.Web, Sample.Db], [Sample.WebC1, Sample.DbMain], [Sample.C1, Sample.Sandbox],
        [new PublishedPort(Sample.WebC1.Spec.Id, "c1", "web", new PortPublication { HostPort = 8080, ContainerPort = 80 })]);

    private static readonly HostFacts s_healthy = new()
    {
        Instance = "fairway",
        Kernel = "6.1.0-18-amd64",
        HasBtf = true,
        Capabilities = new CapabilitySet(ulong.MaxValue),
        Abilities = new Dictionary<string, string?> { ["veth"] = null, ["eBPF maps"] = null },
        HasBpfFileSystem = true,
        CgroupRoot = "/sys/fs/cgroup",
        Libbpf = "/usr/lib/libbpf.so.1.1.0",
        Settings = new Dictionary<string, string>
        {
            ["net.ipv4.ip_local_port_range"] = "32768\t60999",
            ["net.ipv6.conf.all.disable_ipv6"] = "0",
            ["net.core.bpf_jit_enable"] = "1",
            ["net.ipv4.neigh.default.gc_thresh3"] = "1024",
        },
        Chains = [],
        FirewallTools = [],
        Routes = [new HostRoute(IPNetwork.Parse("0.0.0.0/0"), "eth0"), new HostRoute(IPNetwork.Parse("192.0.2.0/24"), "eth0")],
        Listeners = [new Listener(TransportProtocol.Tcp, IPEndPoint.Parse("0.0.0.0:22"), "'sshd' (pid 1)")],
        Resolvers = [IPAddress.Parse("192.0.2.53")],
        Namespace = Sample.Health.Namespace,
        Daemon = s_daemon,
        DaemonProblem = null,
        Objects = [new KernelObject("link", "fw-web", "network", Sample.Web.Spec.Id), new KernelObject("link", "fweeeeeeee0000", "endpoint", Sample.WebC1.Spec.Id)],
    };

    [Fact]
    public void HealthyHost_HasNothingInTheWay()
    {
        var results = Diagnosis.Of(s_healthy);
        Assert.All(results, result => Assert.Equal((CheckLevel.Ok, null), (result.Level, result.Remedy)));
        Assert.Equal(ExitCode.Success, Diagnosis.ExitCodeOf(results));
        var output = new StringWriter { NewLine = "\n" };
        Cli.Commands.DoctorCommand.Write(new Cli.Output.Terminal(output, TextWriter.Null), results);
        Golden.Matches("doctor-healthy.txt", output.ToString());
    }

    [Fact]
    public void SickHost_IsToldWhatToDo()
    {
        var sick = s_healthy with
        {
            Kernel = "5.15.0-91-generic",
            Capabilities = new CapabilitySet(0),
            Abilities = new Dictionary<string, string?> { ["eBPF maps"] = "create bpf map 'doctor': Operation not permitted (EPERM)" },
            HasBpfFileSystem = false,
            CgroupRoot = null,
            Libbpf = null,
            Settings = new Dictionary<string, string> { ["net.ipv4.ip_local_port_range"] = "49152 65535", ["net.core.bpf_jit_enable"] = "0" },
            Chains = null,
            Resolvers = [],
            Daemon = null,
            DaemonProblem = "connect to fairwayd at '/run/fairway/fairway.sock': there is no such socket; start fairwayd",
            Objects = [new KernelObject("link", "fw-web"), new KernelObject("namespace", "fairway-c1"), new KernelObject("pin directory", "/sys/fs/bpf/fairway")],
        };
        var results = Diagnosis.Of(sick);
        Assert.All(results.Where(result => result.Level != CheckLevel.Ok), result => Assert.NotNull(result.Remedy));
        Assert.Equal(ExitCode.DoctorFailure, Diagnosis.ExitCodeOf(results));
        var output = new StringWriter { NewLine = "\n" };
        Cli.Commands.DoctorCommand.Write(new Cli.Output.Terminal(output, TextWriter.Null), results);
        Golden.Matches("doctor-sick.txt", output.ToString());
    }

    [Fact]
    public void Firewall_ThatDropsByDefault_IsExplained()
    {
        BaseChain Chain(ChainFamily family, string table, string name, ChainHook hook) => new() { Family = family, Table = table, Name = name, Hook = hook, DropsByDefault = true };
        var host = s_healthy with
        {
            FirewallTools = ["ufw", "Docker"],
            Chains =
            [
                Chain(ChainFamily.IPv4, "filter", "FORWARD", ChainHook.Forward),
                Chain(ChainFamily.Inet, "filter", "input", ChainHook.Input),
                Chain(ChainFamily.IPv6, "filter", "OUTPUT", ChainHook.Output),
                Chain(ChainFamily.Arp, "filter", "arp", ChainHook.Input),
            ],
        };
        Assert.Equal(
        [
            "Ok ufw, Docker found; traffic from, to and between endpoints does not pass the firewall",
            "Ok 'ip filter FORWARD' drops what this host forwards; the switch does not forward through it",
            "Ok 'inet filter input' decides which services of this host endpoints reach at their gateway address; names (DNS) are always answered",
            "Warn published ports are reached past the firewall, and everyone reaches 8080->80/tcp",
            "Warn 'ip6 filter OUTPUT' drops what this host's own programs send, to endpoints as well",
        ], Messages(host, "firewall"));
    }

    [Fact]
    public void PublishedPorts_ThatAreLimitedOrLocal_AreNoWarning()
    {
        PublishedPort[] ports =
        [
            new(Sample.WebC1.Spec.Id, "c1", "web", new PortPublication { HostPort = 8080, ContainerPort = 80, From = [IPNetwork.Parse("192.0.2.0/24")] }),
            new(Sample.WebC1.Spec.Id, "c1", "web", new PortPublication { HostPort = 8081, ContainerPort = 80, HostAddress = IPAddress.IPv6Loopback }),
        ];
        var host = s_healthy with { FirewallTools = ["firewalld"], Daemon = s_daemon with { Publications = ports } };
        Assert.DoesNotContain(Messages(host, "firewall"), message => message.StartsWith("Warn", StringComparison.Ordinal));
    }

    [Fact]
    public void UdpPort_OfAnOverlay_ThatAProgramHolds_IsNamed()
    {
        var host = s_healthy with { Listeners = [new Listener(TransportProtocol.Udp, IPEndPoint.Parse("0.0.0.0:4789"), "'flanneld' (pid 7)")] };
        Assert.Equal(["Ok 'flanneld' (pid 7) holds UDP port 4789: overlay networks need another one (--vxlan-port)"], Messages(host, "tunnels"));
        var pods = Sample.Web with { Spec = Sample.Web.Spec with { Name = "pods", Type = NetworkType.Overlay, Overlay = new OverlaySpec() } };
        host = host with { Daemon = s_daemon with { Networks = [pods] } };
        Assert.Equal(["Fail 'flanneld' (pid 7) holds UDP port 4789: network 'pods' reaches no other host"], Messages(host, "tunnels"));
        Assert.Empty(Messages(host with { Listeners = [new Listener(TransportProtocol.Udp, IPEndPoint.Parse("0.0.0.0:4789"), null)] }, "tunnels"));
    }

    [Fact]
    public void Firewall_ThatDropsByDefault_NeedsARuleForOverlays()
    {
        var pods = Sample.Web with { Spec = Sample.Web.Spec with { Name = "pods", Type = NetworkType.Overlay, Overlay = new OverlaySpec { Port = 8472 } } };
        BaseChain input = new() { Family = ChainFamily.Inet, Table = "filter", Name = "input", Hook = ChainHook.Input, DropsByDefault = true };
        var host = s_healthy with { Chains = [input], Daemon = s_daemon with { Networks = [pods], Publications = [] } };
        var finding = Assert.Single(Diagnosis.Of(host), result => result.Level == CheckLevel.Warn);
        Assert.Equal("'inet filter input' drops what no rule lets in: without one, large packets from other hosts do not reach network 'pods', though small ones do", finding.Message);
        Assert.StartsWith("let UDP port 8472 in from the other hosts", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(Messages(host with { Chains = [] }, "firewall"), message => message.StartsWith("Warn", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dev", NetworkType.Nat, true)]
    [InlineData("CI", NetworkType.Internal, true)]
    [InlineData("db", NetworkType.Nat, false)]
    [InlineData("dev", NetworkType.Private, false)]
    public void Network_CalledLikeATopLevelDomain_IsAWarning(string name, NetworkType type, bool hides)
    {
        var network = Sample.Web with { Spec = Sample.Web.Spec with { Name = name, Type = type } };
        var messages = Messages(s_healthy with { Daemon = s_daemon with { Networks = [network] } }, "names");
        Assert.Equal(hides, messages.Any(message => message.EndsWith($"resolve no name of the Internet that ends in .{name}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("10.20.0.128/25", true)]
    [InlineData("fd20::/48", true)]
    [InlineData("10.21.0.0/16", false)]
    public void Route_ThatOverlapsANetwork_IsAWarning(string prefix, bool overlaps)
    {
        var host = s_healthy with { Routes = [.. s_healthy.Routes, new HostRoute(IPNetwork.Parse(prefix), "tun0")] };
        Assert.Equal(overlaps, Messages(host, "addresses").Any(message => message.StartsWith("Warn network 'web'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("0.0.0.0:8080", TransportProtocol.Tcp, true)]
    [InlineData("[::]:8080", TransportProtocol.Tcp, true)]
    [InlineData("127.0.0.1:8080", TransportProtocol.Tcp, true)]
    [InlineData("0.0.0.0:8080", TransportProtocol.Udp, false)]
    [InlineData("0.0.0.0:8081", TransportProtocol.Tcp, false)]
    public void Program_ThatHoldsAPublishedPort_IsNamed(string local, TransportProtocol protocol, bool collides)
    {
        var host = s_healthy with { Listeners = [new Listener(protocol, IPEndPoint.Parse(local), "'nginx' (pid 4711)")] };
        var messages = Messages(host, "ports");
        Assert.Equal(collides, messages.Any(message => message.StartsWith($"Warn 'nginx' (pid 4711) holds tcp {local}, which is published for endpoint 'c1'", StringComparison.Ordinal)));
    }

    [Fact]
    public void Daemon_ThatIsDegradedOrElsewhere_IsAWarning()
    {
        var health = Sample.Health with { Status = HealthStatus.Degraded, Version = "9.9.9", Namespace = "net:[1]", Problems = ["endpoint 'main': File exists"] };
        var messages = Messages(s_healthy with { Daemon = s_daemon with { Health = health } }, "daemon");
        Assert.Equal(4, messages.Count(message => message.StartsWith("Warn", StringComparison.Ordinal)));
        Assert.Contains("Warn endpoint 'main': File exists", messages);
    }

    [Fact]
    public void Leftovers_AreWhatTheDaemonDoesNotKnow()
    {
        var host = s_healthy with
        {
            Objects =
            [
                .. s_healthy.Objects,
                new KernelObject("link", "fwgone", "endpoint", Guid.NewGuid()),
                new KernelObject("namespace", "fairway-c1"),
                new KernelObject("namespace", "fairway-dns"),
                new KernelObject("namespace", "fairway-old"),
                new KernelObject("pin directory", "/sys/fs/bpf/fairway"),
            ],
        };
        Assert.Equal(["Warn link 'fwgone' belongs to nothing fairwayd knows of", "Warn namespace 'fairway-old' belongs to nothing fairwayd knows of"], Messages(host, "leftovers"));
    }

    [Fact]
    public void NeighbourTable_ThatGetsShort_IsAWarning()
    {
        var host = s_healthy with { Daemon = s_daemon with { Health = Sample.Health with { Endpoints = 900 } } };
        Assert.Contains(Messages(host, "settings"), message => message.Contains("900 endpoints come close to the 1024 neighbours", StringComparison.Ordinal));
    }

    private static List<string> Messages(HostFacts host, string check) =>
        [.. Diagnosis.Of(host).Where(result => result.Check == check).Select(result => $"{result.Level} {result.Message}")];
}
