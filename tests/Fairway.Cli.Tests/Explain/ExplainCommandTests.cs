using System.Net;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Tests.Fixtures;
using Fairway.Model.Addressing;
using Fairway.Model.Explain;
using Fairway.Model.Flows;
using Fairway.Model.Policies;

namespace Fairway.Cli.Tests.Explain;

public sealed class ExplainCommandTests
{
    private static readonly FlowRule s_rule = new(PolicyKind.TierAcl, "db", "ops", "no-web", PolicyAction.Block);

    private static readonly Explanation s_blocked = new()
    {
        Verdict = ExplainVerdict.Dropped,
        Reason = DropReason.PolicyIn,
        Summary = "blocked by rule 'no-web' (TierAcl of 'db', tier 'ops', priority 10)",
        Remedy = "fairway policy list web/db",
        From = new ExplainEnd(ExplainEndKind.Endpoint, IPAddress.Parse("10.20.0.2"), "c1", new Guid("eeeeeeee-0000-4000-8000-000000000005"), "web"),
        To = new ExplainEnd(ExplainEndKind.Endpoint, IPAddress.Parse("10.20.0.3"), "db", new Guid("ffffffff-0000-4000-8000-000000000006"), "web"),
        Packet = new ExplainTuple(6, IPAddress.Parse("10.20.0.2"), 50000, IPAddress.Parse("203.0.113.80"), 80),
        InRule = s_rule,
        Steps =
        [
            new ExplainStep(ExplainLayer.Port, true, "the port of 'c1' is open, and 10.20.0.2 is its own address"),
            new ExplainStep(ExplainLayer.LoadBalancer, true, "load balancer 'shop' answers on 203.0.113.80:80, with one backend"),
            new ExplainStep(ExplainLayer.RulesIn, false, "blocked by rule 'no-web' (TierAcl of 'db', tier 'ops', priority 10)"),
        ],
        Backends = [new ExplainBackend(new ExplainEnd(ExplainEndKind.Endpoint, IPAddress.Parse("10.20.0.3"), "db", null, "web"), new ExplainTuple(6, IPAddress.Parse("10.20.0.2"), 50000, IPAddress.Parse("10.20.0.3"), 8000), DropReason.PolicyIn, s_rule)],
        Revision = 12,
    };

    private static readonly Explanation s_far = new()
    {
        Verdict = ExplainVerdict.Allowed,
        Reason = DropReason.None,
        Summary = "host 192.0.2.2 gets it in a tunnel; what its own rules say is not known here",
        From = s_blocked.From,
        To = new ExplainEnd(ExplainEndKind.RemoteEndpoint, IPAddress.Parse("fd20::9"), null, null, "web"),
        Packet = new ExplainTuple(17, IPAddress.Parse("fd20::2"), 50000, IPAddress.Parse("fd20::9"), 5353),
        Delivered = new ExplainTuple(17, IPAddress.Parse("fd20::1"), null, IPAddress.Parse("fd20::9"), 5353),
        Route = new ExplainRoute("eth0", IPAddress.Parse("192.0.2.254"), 1500),
        Encapsulation = new ExplainEncapsulation(5001, IPAddress.Parse("192.0.2.2"), null, 4789, new MacAddress(0x02_00_00_00_00_02)),
        Steps = [new ExplainStep(ExplainLayer.Tunnel, true, "VXLAN to 192.0.2.2")],
        Revision = 12,
    };

    [Fact]
    public async Task Denial_IsShownForPeopleAndForPrograms_AndInTheExitCode()
    {
        await using var daemon = new FakeDaemon().On("GET /v1/explain?source=c1&destination=shop&protocol=Tcp&port=80", s_blocked);
        var text = await CommandRun.Async(daemon, "explain", "c1", "shop:80");
        Assert.Equal((ExitCode.Denied, ""), (text.Code, text.Error));
        Golden.Matches("explain-dropped.txt", text.Out);
        var json = await CommandRun.Async(daemon, "explain", "c1", "shop:80", "-o", "json");
        Assert.Equal(ExitCode.Denied, json.Code);
        Golden.Matches("explain-dropped.json", json.Out);
    }

    [Fact]
    public async Task Tunnel_IsShownWithItsEnvelope()
    {
        await using var daemon = new FakeDaemon().On("GET /v1/explain?source=c1&destination=fd20%3A%3A9&protocol=Udp&port=5353&source-port=1234&version=6", s_far);
        string[] line = ["explain", "c1", "[fd20::9]:5353/udp", "--source-port", "1234", "-6"];
        Golden.Matches("explain-allowed.txt", (await CommandRun.Async(daemon, line)).Succeeded());
        Golden.Matches("explain-allowed.json", (await CommandRun.Async(daemon, [.. line, "-o", "json"])).Succeeded());
    }

    [Theory]
    [InlineData("c2", "'c2' has no port; write DEST:PORT for TCP, DEST:PORT/udp, or DEST/icmp; an IPv6 address stands in brackets: [fd00::2]:80")]
    [InlineData(":80", "':80' has no destination; ")]
    [InlineData("fd00::2", "'fd00::2' has no port; ")]
    [InlineData("c2:http", "'c2:http' has 'http' for a port; it is a number from 1 to 65535")]
    [InlineData("c2:0", "'c2:0' has '0' for a port; it is a number from 1 to 65535")]
    [InlineData("/icmp", "'/icmp' names nobody; ")]
    public async Task WrongDestination_IsRefusedBeforeTheDaemonIsAsked(string destination, string sentence)
    {
        var run = await CommandRun.WithoutDaemonAsync("explain", "c1", destination);
        Assert.StartsWith($"fairway: {sentence}", run.Failed(ExitCode.Usage), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c2:80", "destination=c2&protocol=Tcp&port=80")]
    [InlineData("web/c2:80/TCP", "destination=web%2Fc2&protocol=Tcp&port=80")]
    [InlineData("[fd00::2]:53/udp", "destination=fd00%3A%3A2&protocol=Udp&port=53")]
    [InlineData("web/c2/icmp", "destination=web%2Fc2&protocol=Icmp")]
    [InlineData("[fd00::2]/icmp", "destination=fd00%3A%3A2&protocol=Icmp")]
    [InlineData("fd00::2/icmp", "destination=fd00%3A%3A2&protocol=Icmp")]
    public async Task Destination_IsReadInAllItsForms(string destination, string query)
    {
        await using var daemon = new FakeDaemon().On($"GET /v1/explain?source=c1&{query}", s_far);
        (await CommandRun.Async(daemon, "explain", "c1", destination)).Succeeded();
    }
}
