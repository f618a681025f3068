using Fairway.Linux.Host;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>Whether what fairwayd needs is allowed here.</summary>
internal static class PrivilegeCheck
{
    private const string Name = "privileges";

    private static readonly (string Name, Capability Capability, string For)[] s_needed =
    [
        ("CAP_NET_ADMIN", Capability.NetAdmin, "links, addresses and routes"),
        ("CAP_NET_RAW", Capability.NetRaw, "capture"),
        ("CAP_SYS_ADMIN", Capability.SysAdmin, "network namespaces and eBPF programs"),
    ];

    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        var missing = s_needed.Where(needed => !host.Capabilities.Contains(needed.Capability)).ToList();
        if (missing.Count == 0)
            return [CheckResult.Ok(Name, "this command may do what fairwayd needs to do")];
        return
        [
            CheckResult.Warn(Name, $"this command lacks {string.Join(", ", missing.Select(needed => $"{needed.Name} ({needed.For})"))}, so not everything could be looked at",
                "run it as root; in a container, one that is privileged"),
        ];
    }
}
