using Fairway.Cli.Output;
using Fairway.Model.Health;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>Whether the daemon answers, is well, and is the one this command belongs to.</summary>
internal static class DaemonCheck
{
    private const string Name = "daemon";

    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        if (host.Daemon is not { Health: var health })
        {
            yield return CheckResult.Fail(Name, host.DaemonProblem ?? "not reachable", "look at its log: journalctl -u fairwayd");
            yield break;
        }
        var what = $"fairwayd {health.Version}, instance '{health.Instance}': {Text.Count(health.Networks, "network")}, {Text.Count(health.Endpoints, "endpoint")}, {Text.Count(health.Namespaces, "namespace")}";
        if (health.Status == HealthStatus.Healthy)
            yield return CheckResult.Ok(Name, what);
        else
            yield return CheckResult.Warn(Name, $"{what}; it is {health.Status.ToString().ToLowerInvariant()}", "see the problems below, or wait a moment and run this again");
        foreach (var problem in health.Problems)
            yield return CheckResult.Warn(Name, problem, "remove what is in the way; fairwayd tries again by itself");
        foreach (var repair in health.Repairs.GroupBy(repair => repair.What))
            yield return CheckResult.Warn(Name, $"{repair.Key} was changed by somebody else {Text.Count(repair.Count(), "time")} in the last hour, last at {repair.Max(one => one.At).ToLocalTime():HH:mm:ss}; it was put back", "find the program that does it and have it leave links named fw* alone");
        if (health.Version != Product.Version)
            yield return CheckResult.Warn(Name, $"this command is {Product.Version} and fairwayd is {health.Version}", "install both from the same release");
        if (health.Namespace != host.Namespace)
            yield return CheckResult.Warn(Name, $"fairwayd works in network namespace {health.Namespace}, and this command looks at {host.Namespace}", "run it where fairwayd runs");
    }
}
