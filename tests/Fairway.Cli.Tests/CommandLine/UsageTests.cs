using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;

namespace Fairway.Cli.Tests.CommandLine;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "'fairway' needs a command: network, namespace, endpoint, port, policy, loadbalancer, route, exec, explain, monitor, capture, doctor, podman, cni, install, uninstall, completion, version; see 'fairway --help'")]
    [InlineData("network", "'fairway network' needs a command: create, list, show, add-subnet, remove-subnet, delete; see 'fairway network --help'")]
    [InlineData("netwrk list", "there is no command 'netwrk' (did you mean 'network'?); see 'fairway --help'")]
    [InlineData("network lst", "there is no command 'lst' (did you mean 'list'?); see 'fairway network --help'")]
    [InlineData("frobnicate", "there is no command 'frobnicate'; see 'fairway --help'")]
    [InlineData("network create", "'fairway network create' needs a NAME; see 'fairway network create --help'")]
    [InlineData("network create web blue", "'create' takes no further argument 'blue'; see 'fairway network create --help'")]
    [InlineData("network create web --mut 1400", "'create' has no option '--mut' (did you mean '--mtu'?); see 'fairway network create --help'")]
    [InlineData("network create web --mtu big", "'big' is no MTU; write a number of bytes from 1280 to 65535; see 'fairway network create --help'")]
    [InlineData("network create web --mtu", "--mtu needs a value: --mtu N; see 'fairway network create --help'")]
    [InlineData("network create web --mtu 1400 --mtu 1500", "--mtu may be given once only; see 'fairway network create --help'")]
    [InlineData("network create web --subnet 10.0.0.1/8", "'10.0.0.1/8' has host bits set; write 10.0.0.0/8; see 'fairway network create --help'")]
    [InlineData("network create web --type bridge", "'bridge' is no type of network; write nat, internal, private, transparent, l2bridge, l2tunnel, overlay; see 'fairway network create --help'")]
    [InlineData("network delete", "'fairway network delete' needs at least one NETWORK; see 'fairway network delete --help'")]
    [InlineData("endpoint create c1", "'fairway endpoint create' needs --network NETWORK; see 'fairway endpoint create --help'")]
    [InlineData("endpoint create c1 --network web --publish 80", "'80' has no ':' between host port and container port; write [HOSTIP:]HOST[-END]:CONTAINER[-END][/udp], for example 8080:80; see 'fairway endpoint create --help'")]
    [InlineData("endpoint create c1 --network web --ip 10.0.0", "'10.0.0' is not an IP address")]
    [InlineData("endpoint create c1 --network web --mac 02:15", "'02:15' is not a MAC address; write six octets like 02:15:5d:01:02:03; see 'fairway endpoint create --help'")]
    [InlineData("endpoint create c1 --network web --netns /proc/self/ns/net", "'/proc/self/ns/net' would be this command's own namespace; name the process, e.g. /proc/$$/ns/net; see 'fairway endpoint create --help'")]
    [InlineData("network list --output xml", "'xml' is no output format; write --output table or --output json; see 'fairway network list --help'")]
    [InlineData("port unpublish c1 http", "'http' is not a published port; write [HOSTIP:]HOST[-END][/udp], for example 8080 or 127.0.0.1:5353/udp; see 'fairway port unpublish --help'")]
    [InlineData("route create office", "'fairway route create' needs --to CIDR,ADDRESS[,encap]; see 'fairway route create --help'")]
    [InlineData("route create office --to 203.0.113.0/24", "'203.0.113.0/24' is not a route; write CIDR,ADDRESS[,encap]; see 'fairway route create --help'")]
    [InlineData("completion csh", "'csh' is no shell known here; write bash, zsh, fish; see 'fairway completion --help'")]
    [InlineData("network list --socket", "--socket needs a value: --socket PATH; see 'fairway network list --help'")]
    public async Task CommandLine_ThatIsWrong_IsAnsweredInOneSentence(string line, string sentence)
    {
        var run = await CommandRun.WithoutDaemonAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var said = run.Failed(ExitCode.Usage);
        Assert.StartsWith($"fairway: {sentence}", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Theory]
    [InlineData("network create web --internal --type nat", "--internal and --type nat contradict each other; leave one out")]
    [InlineData("network create web --gateway 10.0.0.1", "--gateway 10.0.0.1 needs the subnet it lies in; name it with --subnet")]
    [InlineData("network create web --subnet 10.0.0.0/24 --gateway 10.0.1.1", "--gateway 10.0.1.1 lies in none of the subnets 10.0.0.0/24; choose an address of one of them")]
    [InlineData("network create web --subnet 10.0.0.0/24 --gateway 10.0.0.1 --gateway 10.0.0.2", "subnet 10.0.0.0/24 has two gateways, 10.0.0.1 and 10.0.0.2; leave one out")]
    [InlineData("network create web --route 203.0.113.0/24,192.0.2.254", "--route 203.0.113.0/24,192.0.2.254 needs a subnet of its IP version; name it with --subnet")]
    [InlineData("endpoint create c1 --network web --namespace c1 --netns /run/netns/x", "--namespace and --netns both say where to attach to; leave one out")]
    [InlineData("endpoint create c1 --network web --publish-from 10.0.0.0/8", "--publish-from says who may use published ports, and none is; add --publish")]
    [InlineData("endpoint attach c1", "attach needs a namespace: its name after the endpoint's, or --netns PATH")]
    public async Task Options_ThatContradictEachOther_AreAnsweredBeforeTheDaemonIsAsked(string line, string sentence)
    {
        var run = await CommandRun.WithoutDaemonAsync(line.Split(' '));
        Assert.Equal($"fairway: {sentence}", run.Failed(ExitCode.Usage));
    }

    [Fact]
    public async Task WrongUsage_WithJsonOutput_IsADocument()
    {
        var run = await CommandRun.WithoutDaemonAsync("network", "lst", "--output", "json");
        Golden.Matches("usage-error.json", run.Failed(ExitCode.Usage) + "\n");
    }

    [Fact]
    public async Task EveryCommand_HasHelpWithExamples()
    {
        foreach (var path in Paths(FairwayCommand.Create(), []))
        {
            var run = await CommandRun.WithoutDaemonAsync([.. path, "--help"]);
            var help = run.Succeeded();
            Assert.Contains($"fairway {string.Join(' ', path)}".TrimEnd(), help, StringComparison.Ordinal);
            Assert.DoesNotContain("Fairway.Cli.Tests", help, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Version_IsAnsweredWithoutADaemon()
    {
        var run = await CommandRun.WithoutDaemonAsync("--version");
        Assert.Equal($"fairway {Product.Version}\n", run.Succeeded());
    }

    [Theory]
    [InlineData("nwtwork", "network")]
    [InlineData("netwrok", "network")]
    [InlineData("netw", "network")]
    [InlineData("--nestns", "--netns")]
    [InlineData("zzz", null)]
    public void Spelling_FindsWhatWasMeant(string typed, string? meant) =>
        Assert.Equal(meant, Spelling.Closest(typed, ["network", "namespace", "endpoint", "--netns", "--network"]));

    private static IEnumerable<string[]> Paths(System.CommandLine.Command command, string[] path) =>
        command.Subcommands.Where(below => !below.Hidden).SelectMany(below => Paths(below, [.. path, below.Name])).Prepend(path);
}
