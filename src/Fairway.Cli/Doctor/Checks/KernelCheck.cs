using Fairway.Linux.Host;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>Whether the kernel can carry the switch.</summary>
internal static class KernelCheck
{
    private const string Name = "kernel";

    /// <summary>The oldest the switch is tested on: Debian 12's.</summary>
    private static readonly KernelRelease s_oldest = new(6, 1);

    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        if (KernelRelease.Parse(host.Kernel) < s_oldest)
            yield return CheckResult.Fail(Name, $"Linux {host.Kernel} is older than {s_oldest.Major}.{s_oldest.Minor}, the oldest the switch is tested on", "boot a newer kernel; Debian 12 and Ubuntu 24.04 have one");
        else if (!host.HasBtf)
            yield return CheckResult.Fail(Name, $"Linux {host.Kernel} does not describe its types (/sys/kernel/btf/vmlinux is missing)", "boot a kernel built with CONFIG_DEBUG_INFO_BTF; the distributions' own are");
        else
            yield return CheckResult.Ok(Name, $"Linux {host.Kernel}, with type information");
        foreach (var (ability, problem) in host.Abilities)
        {
            if (problem is not null)
                yield return CheckResult.Fail(Name, $"{ability}: {problem}", "run this as root on the host itself, on a kernel that has it (modules are loaded when first needed)");
        }
        if (host.Abilities.Count > 0 && host.Abilities.Values.All(problem => problem is null))
            yield return CheckResult.Ok(Name, $"{string.Join(", ", host.Abilities.Keys)}: tried, and work");
    }
}
