using System.Globalization;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>Kernel settings that make a difference.</summary>
internal static class SettingsCheck
{
    public const string LocalPorts = "net.ipv4.ip_local_port_range";
    public const string ReservedPorts = "net.ipv4.ip_local_reserved_ports";
    public const string Ipv6Disabled = "net.ipv6.conf.all.disable_ipv6";
    public const string Jit = "net.core.bpf_jit_enable";
    public const string NeighboursMax = "net.ipv4.neigh.default.gc_thresh3";

    public static readonly string[] Names = [LocalPorts, ReservedPorts, Ipv6Disabled, Jit, NeighboursMax];

    private const string Name = "settings";

    /// <summary>Translated connections take their source ports from here upwards; the host keeps the ones below.</summary>
    private const int FirstTranslationPort = 49152;

    private const int PortsLeftToHost = 4096;

    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        CheckResult[] found = [.. Ipv6(host), .. Compiler(host), .. Ports(host), .. Neighbours(host)];
        return found.Length > 0 ? found : [CheckResult.Ok(Name, "no kernel setting is in the way")];
    }

    private static IEnumerable<CheckResult> Ipv6(HostFacts host)
    {
        if (!host.Settings.TryGetValue(Ipv6Disabled, out var disabled))
            yield return CheckResult.Warn(Name, "this kernel has no IPv6: networks have IPv4 only", "boot without ipv6.disable=1 if endpoints need IPv6");
        else if (disabled == "1")
            yield return CheckResult.Warn(Name, $"{Ipv6Disabled} is 1: this host has no IPv6, so endpoints reach nothing outside by it", $"sysctl -w {Ipv6Disabled}=0 if they need to");
    }

    private static IEnumerable<CheckResult> Compiler(HostFacts host)
    {
        if (host.Settings.TryGetValue(Jit, out var jit) && jit == "0")
            yield return CheckResult.Warn(Name, $"{Jit} is 0: the switch is interpreted, several times slower", $"sysctl -w {Jit}=1");
    }

    private static IEnumerable<CheckResult> Ports(HostFacts host)
    {
        if (!host.Settings.TryGetValue(LocalPorts, out var range))
            yield break;
        var bounds = range.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (bounds.Length != 2 || !TryNumber(bounds[0], out var first) || !TryNumber(bounds[1], out var last))
            yield break;
        var left = Math.Max(0, Math.Min(last, FirstTranslationPort - 1) - first + 1);
        if (left < PortsLeftToHost)
        {
            yield return CheckResult.Fail(Name,
                $"{LocalPorts} is {first}-{last}: with {FirstTranslationPort}-65535 taken for translated connections this host would have {left} ports left for its own",
                $"widen it: sysctl -w {LocalPorts}=\"32768 60999\"");
        }
    }

    private static IEnumerable<CheckResult> Neighbours(HostFacts host)
    {
        var endpoints = host.Daemon?.Health.Endpoints ?? 0;
        if (host.Settings.TryGetValue(NeighboursMax, out var text) && TryNumber(text, out var most) && endpoints * 4 > most * 3)
        {
            yield return CheckResult.Warn(Name, $"{endpoints} endpoints come close to the {most} neighbours this machine may know ({NeighboursMax})",
                $"sysctl -w {NeighboursMax}={Math.Max(8192, endpoints * 4)}, and the same of net.ipv6");
        }
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
