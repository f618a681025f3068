using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fairway.EndToEnd.Tests.Fixtures;
using Fairway.Model.Flows;
using Fairway.Model.Json;

namespace Fairway.EndToEnd.Tests;

/// <summary>The command as a user types it, on a daemon that is real: names and ids, exec, monitor, capture, doctor, documents.</summary>
public sealed class CommandLineTests(CommandLineTests.Setup setup) : IClassFixture<CommandLineTests.Setup>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Machine Machine => setup.Machine;

    [Fact]
    public async Task References_AreNamesIdsBeginningsOfIdsAndQualifiedNames()
    {
        using var shown = JsonDocument.Parse(await Machine.DoAsync("endpoint show c1 --output json"));
        string id = shown.RootElement.GetProperty("Items")[0].GetProperty("Id").GetString()!;
        foreach (string reference in new[] { id, id.ToUpperInvariant(), id[..8], "web/c1" })
            Assert.Contains($"Id:         {id}", await Machine.DoAsync($"endpoint show {reference}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_ResolvesNamesOfTheNetwork()
    {
        foreach (string name in new[] { "c2", "c2.web", "site" })
            Assert.Contains(await Machine.AddressAsync("c2", 4), await Machine.DoAsync($"exec c1 -- getent ahostsv4 {name}"), StringComparison.Ordinal);
        Assert.Contains(await Machine.AddressAsync("c2", 6), await Machine.DoAsync("exec c1 -- getent ahostsv6 c2"), StringComparison.Ordinal);
        Assert.Equal(2, (await Machine.FairwayAsync("exec", "c1", "--", "getent", "hosts", "nobody")).ExitCode);
    }

    [Fact]
    public async Task Monitor_ShowsDropsAndConnectionsWithNames()
    {
        using Process monitor = Start("monitor", "--endpoint", "c1", "--output", "json");
        (await Machine.CompartmentAsync("c2")).ServeTcp(8000);
        Place c1 = await Machine.CompartmentAsync("c1");
        string[] targets = [await Machine.AddressAsync("c2", 4), await Machine.AddressAsync("d1", 4)];
        // Nothing tells when the monitor has begun to listen: there is traffic until it has shown it.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task traffic = TrafficAsync(c1, targets, enough.Token);
        await ReadUntilAsync(monitor, flow => flow is { Kind: FlowEventKind.NewFlow, From: "c1", To: "c2", Network: "web", DestinationPort: 8000 });
        await ReadUntilAsync(monitor, flow => flow is { Kind: FlowEventKind.Drop, From: "c1", Reason: DropReason.Isolated });
        await enough.CancelAsync();
        await traffic;
        await InterruptAsync(monitor);
        Assert.Equal(0, monitor.ExitCode);
    }

    [Fact]
    public async Task Capture_SeesBothDirections()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Machine.Instance}.pcap");
        using Process capture = Start("capture", "c1", "--write", file, "--count", "12");
        Place c1 = await Machine.CompartmentAsync("c1");
        string[] addresses = [await Machine.AddressAsync("c1", 4), await Machine.AddressAsync("c2", 4)];
        await UntilAsync(async () => File.Exists(file) && await c1.PingAsync(addresses[1]) && capture.HasExited);
        Assert.Equal((0, "captured 12 packets of endpoint 'c1'\n"), (capture.ExitCode, await capture.StandardError.ReadToEndAsync(Cancellation)));
        string text = (await Programs.RunAsync(["tcpdump", "-n", "-r", file])).Expect();
        Assert.Contains($"{addresses[0]} > {addresses[1]}: ICMP echo request", text, StringComparison.Ordinal);
        Assert.Contains($"{addresses[1]} > {addresses[0]}: ICMP echo reply", text, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Capture_IntoAPipe_IsReadByTcpdump()
    {
        // More than the questions for neighbours that may come first.
        string script = $"{Programs.Fairway} --socket {Machine.SocketPath} capture c1 --count 12 2>/dev/null | tcpdump -n -r - 2>/dev/null";
        Task<CommandResult> capture = Machine.Host.RunAsync("sh", "-c", script);
        Place c1 = await Machine.CompartmentAsync("c1");
        string target = await Machine.AddressAsync("c2", 6);
        await UntilAsync(async () => await c1.PingAsync(target) && capture.IsCompleted);
        string text = (await capture).Expect();
        Assert.Contains($"> {target}: ICMP6, echo request", text, StringComparison.Ordinal);
        Assert.Equal(12, text.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Monitor_ForPeople_SaysWhatAndWhy()
    {
        using Process monitor = Start("monitor", "--drops", "--endpoint", "c1");
        Place c1 = await Machine.CompartmentAsync("c1");
        string target = await Machine.AddressAsync("d1", 4);
        Task<string?> line = monitor.StandardOutput.ReadLineAsync(Cancellation).AsTask();
        await UntilAsync(async () => !await c1.PingAsync(target) && line.IsCompleted);
        Assert.Matches(@"^[0-9:.]+  drop  web +icmp +c1 [0-9.]+:[0-9]+ -> [0-9.]+:[0-9]+  98 bytes  Isolated: ", await line);
        await InterruptAsync(monitor);
        Assert.Equal(0, monitor.ExitCode);
    }

    [Fact]
    public async Task Doctor_FindsTheDaemonWellAndNothingLeftOver()
    {
        CommandResult doctor = await Machine.FairwayAsync("doctor", "--instance", Machine.Instance, "--output", "json");
        Assert.True(doctor.ExitCode is 0 or 10, doctor.Output);
        using var document = JsonDocument.Parse(doctor.Output);
        var findings = document.RootElement.GetProperty("Items").EnumerateArray()
            .ToLookup(item => item.GetProperty("Check").GetString(), item => item.GetProperty("Level").GetString() + " " + item.GetProperty("Message").GetString());
        Assert.All(findings["daemon"], finding => Assert.StartsWith("Ok", finding, StringComparison.Ordinal));
        Assert.Equal(["Ok none"], findings["leftovers"]);
        Assert.All(findings["addresses"], finding => Assert.StartsWith("Ok", finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ports_ArePublishedAndWithdrawnByTheirHostSide()
    {
        Assert.Matches("^published [0-9]+->443/tcp of endpoint 'c2'\n$", await Machine.DoAsync("port publish c2 0:443"));
        using var list = JsonDocument.Parse(await Machine.DoAsync("port list c2 --output json"));
        int port = list.RootElement.GetProperty("Items").EnumerateArray().Single(item => item.GetProperty("EndpointPort").GetInt32() == 443).GetProperty("HostPort").GetInt32();
        Assert.Equal($"withdrew {port}->443/tcp of endpoint 'c2'\n", await Machine.DoAsync($"port unpublish c2 {port}"));
        Assert.Equal(3, (await Machine.FairwayAsync("port", "unpublish", "c2", $"{port}")).ExitCode);
    }

    [Fact]
    public async Task Endpoint_IsDetachedAndAttachedElsewhere()
    {
        await Machine.DoAsync("namespace create spare");
        await Machine.DoAsync("endpoint create mover --network web --namespace c1 --ifname eth7");
        string address = await Machine.AddressAsync("mover", 4);
        Assert.Equal($"detached endpoint 'mover' on network 'web': {address}, {await Machine.AddressAsync("mover", 6)}\n", await Machine.DoAsync("endpoint detach mover"));
        Assert.Contains("eth9 in namespace 'spare'", await Machine.DoAsync("endpoint attach mover spare --ifname eth9"), StringComparison.Ordinal);
        Assert.True(await (await Machine.CompartmentAsync("spare")).PingAsync(await Machine.AddressAsync("c2", 4)));
        Assert.Equal("deleted endpoint 'mover'\n", await Machine.DoAsync("endpoint delete mover"));
        Assert.Equal("deleted namespace 'spare'\n", await Machine.DoAsync("namespace delete spare"));
    }

    [Theory]
    [InlineData("network create web", 4, "web")]
    [InlineData("network delete nobody", 3, "nobody")]
    [InlineData("network delete web", 5, "web")]
    [InlineData("endpoint create c1 --network web", 4, "c1")]
    [InlineData("endpoint create x --network web --ip 192.0.2.1", 2, "192.0.2.1")]
    [InlineData("exec nobody -- true", 125, "nobody")]
    public async Task Refusals_HaveTheirExitCodeAndNameTheObject(string line, int code, string named)
    {
        CommandResult result = await Machine.FairwayAsync(line.Split(' '));
        Assert.Contains($"'{named}'", result.Expect(code).Replace($" {named}", $" '{named}'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("fairway: ", result.Errors, StringComparison.Ordinal);
    }

    private Process Start(params string[] arguments)
        => Programs.Start(Programs.Inside(Machine.Host.Path, [Programs.Fairway, "--socket", Machine.SocketPath, .. arguments]));

    private static async Task TrafficAsync(Place from, string[] targets, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await from.CallTcpAsync(targets[0], 8000);
            await from.PingAsync(targets[1]);
        }
    }

    private static async Task ReadUntilAsync(Process monitor, Func<FlowEvent, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!wanted(FairwayJson.Deserialize<FlowEvent>((await monitor.StandardOutput.ReadLineAsync(patience.Token))!)))
        {
            // Something else happened.
        }
    }

    private static async Task InterruptAsync(Process process)
    {
        (await Programs.RunAsync(["kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture)])).Expect();
        await process.WaitForExitAsync(Cancellation);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!await condition())
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(60), "it did not come about within a minute");
    }

    public sealed class Setup : IAsyncLifetime
    {
        public Machine Machine { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Machine.InitializeAsync();
            await Machine.DoAsync("network create web");
            await Machine.DoAsync("network create db --internal");
            await Machine.AddAsync("c1", "web");
            await Machine.AddAsync("c2", "web", "--alias site --publish 8080:80");
            await Machine.AddAsync("d1", "db");
        }

        public ValueTask DisposeAsync() => Machine.DisposeAsync();
    }
}
