using System.Text.Json;
using System.Text.RegularExpressions;
using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests;

/// <summary><c>--output json</c> of every command, on a real daemon, against the table in docs/spec/cli.md.</summary>
public sealed partial class DocumentTests(DocumentTests.Setup setup) : IClassFixture<DocumentTests.Setup>
{
    /// <summary>In this order one after another; what each makes the next ones use.</summary>
    private static readonly (string Command, string Kind, int Items)[] s_commands =
    [
        ("network create made", "Network", 1),
        ("network list", "Network", 2),
        ("network show made web", "Network", 2),
        ("namespace create box", "Namespace", 1),
        ("namespace list", "Namespace", 2),
        ("namespace show box", "Namespace", 1),
        ("endpoint create e1 --network made --namespace box --publish 0:80 --alias other", "Endpoint", 1),
        ("endpoint list", "Endpoint", 2),
        ("endpoint show e1", "Endpoint", 1),
        ("port publish e1 9100-9101:9000-9001", "Publication", 1),
        ("port list", "Publication", 3),
        ("port list e1", "Publication", 2),
        ("port unpublish e1 9100-9101", "Publication", 1),
        ("loadbalancer create lb --vip 10.97.0.1 --port 80:8080 --backend e1", "LoadBalancer", 1),
        ("loadbalancer list", "LoadBalancer", 1),
        ("loadbalancer remove lb e1", "LoadBalancer", 1),
        ("loadbalancer delete lb", "LoadBalancer", 1),
        ("route create out --to 203.0.113.0/24,192.0.2.254 --endpoint e1", "Route", 1),
        ("route list", "Route", 1),
        ("route show out", "Route", 1),
        ("route delete out", "Route", 1),
        ("endpoint detach e1", "Endpoint", 1),
        ("endpoint attach e1 box", "Endpoint", 1),
        ("endpoint delete e1", "Endpoint", 1),
        ("namespace delete box", "Namespace", 1),
        ("network delete made", "Network", 1),
        ("version", "Version", 1),
        ("capture c1 --write /dev/null --count 1", "Capture", 1),
    ];

    [Fact]
    public async Task Command_WritesOneDocument_WithTheFieldsOfTheTable()
    {
        Dictionary<string, string[]> table = Fields();
        foreach (var (command, kind, items) in s_commands)
        {
            using var traffic = new CancellationTokenSource();
            Task pings = kind == "Capture" ? PingAsync(traffic.Token) : Task.CompletedTask;
            CommandResult result = await setup.Machine.FairwayAsync([.. command.Split(' '), "--output", "json"]);
            await traffic.CancelAsync();
            await pings;
            Check(command, result.Expect(), kind, items, table[kind]);
        }
    }

    [Fact]
    public async Task Failure_IsADocumentOnStandardError()
    {
        CommandResult result = await setup.Machine.FairwayAsync("network", "create", "bad/", "--mtu", "1", "-o", "json");
        Assert.Equal("", result.Output);
        Check("network create bad", result.Errors, "Error", 1, Fields()["Error"]);
        using var document = JsonDocument.Parse(result.Errors);
        JsonElement item = document.RootElement.GetProperty("Items")[0];
        Assert.Equal(result.ExitCode, item.GetProperty("ExitCode").GetInt32());
        Assert.Equal(2, item.GetProperty("Findings").GetArrayLength());
    }

    [Fact]
    public async Task Doctor_WritesFindings()
    {
        CommandResult result = await setup.Machine.FairwayAsync("doctor", "--output", "json");
        Check("doctor", result.Output, "Finding", null, Fields()["Finding"]);
    }

    private async Task PingAsync(CancellationToken end)
    {
        Place c1 = await setup.Machine.CompartmentAsync("c1");
        string gateway = await setup.Machine.GatewayAsync("web", 4);
        while (!end.IsCancellationRequested)
            await c1.PingAsync(gateway);
    }

    private static void Check(string command, string text, string kind, int? items, string[] fields)
    {
        using var document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        Assert.Equal(["Version", "Kind", "Items"], root.EnumerateObject().Select(member => member.Name));
        Assert.Equal((1, kind), (root.GetProperty("Version").GetInt32(), root.GetProperty("Kind").GetString()));
        Assert.True(items is null || root.GetProperty("Items").GetArrayLength() == items, $"{command}: {text}");
        Assert.All(root.GetProperty("Items").EnumerateArray(), item => Assert.Equal(fields.Order(), item.EnumerateObject().Select(member => member.Name).Order()));
    }

    /// <summary>Kinds and their fields: rows <c>| `Kind` | written by | `Field`, `Field` [`Inner`], ... |</c>.</summary>
    private static Dictionary<string, string[]> Fields()
    {
        string file = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../docs/spec/cli.md"));
        return File.ReadLines(file).Select(line => Row().Match(line)).Where(row => row.Success && row.Groups[1].Value != "Kind")
            .ToDictionary(row => row.Groups[1].Value, row => Name().Matches(Aside().Replace(row.Groups[2].Value, "")).Select(name => name.Groups[1].Value).ToArray());
    }

    [GeneratedRegex(@"^\| `([A-Z][A-Za-z]+)` \| [^|]* \| (.*) \|$")]
    private static partial Regex Row();

    /// <summary>What stands in brackets or parentheses: members of members, values, remarks; and what follows a semicolon.</summary>
    [GeneratedRegex(@"\[[^]]*\]|\([^)]*\)|;.*")]
    private static partial Regex Aside();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Name();

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            await Machine.AddAsync("c1", "web", "--publish 8080:80");
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
