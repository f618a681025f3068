using Fairway.Cli.Output;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>What of the instance is in the kernel without anybody who answers for it.</summary>
internal static class LeftoverCheck
{
    private const string Name = "leftovers";

    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        if (host.Daemon is null)
            return host.Objects.Count == 0 ? [CheckResult.Ok(Name, "none")] : [Orphaned(host)];
        var unknown = host.Objects.Where(known => !IsKnown(known, host.Daemon)).ToList();
        if (unknown.Count == 0)
            return [CheckResult.Ok(Name, "none")];
        return [.. unknown.Select(left => CheckResult.Warn(Name, $"{left.Kind} '{left.Name}' belongs to nothing fairwayd knows of", Remedy(left)))];
    }

    /// <summary>On purpose: the switch forwards without the daemon.</summary>
    private static CheckResult Orphaned(HostFacts host)
    {
        var counts = host.Objects.GroupBy(known => known.Kind).Select(kind => Text.Count(kind.Count(), kind.Key).Replace("directorys", "directories", StringComparison.Ordinal));
        return CheckResult.Warn(Name, $"without a daemon the switch goes on forwarding: {Text.List(counts)} of instance '{host.Instance}'",
            $"start fairwayd to manage them again, or take them away: fairwayd --instance {host.Instance} --uninstall");
    }

    private static bool IsKnown(KernelObject left, DaemonFacts daemon) => (left.Resource, left.Id) switch
    {
        ("endpoint", { } id) => daemon.Endpoints.Any(endpoint => endpoint.Spec.Id == id),
        ("network" or "resolver", { } id) => daemon.Networks.Any(network => network.Spec.Id == id),
        _ when left.Kind == "namespace" => left.Name.EndsWith("-dns", StringComparison.Ordinal) || daemon.Namespaces.Any(known => known.Spec.Path == $"/run/netns/{left.Name}"),
        _ => true,
    };

    private static string Remedy(KernelObject left) => left.Kind == "namespace"
        ? $"if nothing runs in it: ip netns del {left.Name}"
        : "restart fairwayd: it takes away what is its own and not wanted";
}
