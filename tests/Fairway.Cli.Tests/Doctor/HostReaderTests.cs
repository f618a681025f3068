using Fairway.Cli.CommandLine;
using Fairway.Cli.Doctor;
using Fairway.Cli.Tests.Fixtures;

namespace Fairway.Cli.Tests.Doctor;

public sealed class HostReaderTests
{
    [Fact]
    public void Resolvers_AreReadFromResolvConf() =>
        Assert.Equal(["192.0.2.53", "fe80::1%1", "::1"],
            HostReader.ResolversOf(["# nameserver 1.1.1.1", "nameserver 192.0.2.53", "nameserver\tfe80::1%1", "search example.org", "nameserver ::1 # local", "nameserver x"])
                .Select(address => address.ToString()));

    [Theory]
    [InlineData("# comment\nENABLED=yes\nLOGLEVEL=low\n", true)]
    [InlineData("ENABLED=no\n", false)]
    public void Ufw_IsReadFromItsSettings(string text, bool enabled)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        Assert.Equal(enabled, FirewallTools.IsUfwEnabled(path));
        File.Delete(path);
        Assert.False(FirewallTools.IsUfwEnabled(path));
    }

    [Theory]
    [InlineData("nat\nfilter\n", true)]
    [InlineData("nat\n", false)]
    [InlineData("", false)]
    public void LegacyIptables_IsReadFromItsTables(string text, bool filters)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        Assert.Equal(filters, FirewallTools.LegacyTables(path));
        File.Delete(path);
        Assert.False(FirewallTools.LegacyTables(path));
    }

    [Fact]
    public async Task Doctor_WithoutADaemon_LooksAtThisHost()
    {
        var run = await CommandRun.WithoutDaemonAsync("doctor", "--socket", "/run/no-such-fairway/fairway.sock", "--instance", "nosuchfairway");
        Assert.Equal((ExitCode.DoctorFailure, ""), (run.Code, run.Error));
        Assert.Contains("fail  daemon      connect to fairwayd at '/run/no-such-fairway/fairway.sock'", run.Out, StringComparison.Ordinal);
        Assert.Contains($"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}, with type information", run.Out, StringComparison.Ordinal);
        Assert.Contains("network namespaces, veth and clsact, eBPF maps: tried, and work", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_AsJson_HasTheShapeOfEverythingElse()
    {
        await using var daemon = Sample.Daemon();
        var run = await CommandRun.Async(daemon, "doctor", "--output", "json");
        Assert.StartsWith("{\n  \"Version\": 1,\n  \"Kind\": \"Finding\",\n  \"Items\": [\n    {\n      \"Check\": \"daemon\",\n      \"Level\": \"Ok\",", run.Out, StringComparison.Ordinal);
    }
}
