using System.Net;
using System.Runtime.InteropServices;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Doctor.Checks;
using Fairway.Linux;
using Fairway.Linux.Bpf;
using Fairway.Linux.Host;
using Fairway.Linux.Netfilter;
using Fairway.Linux.Sysctl;
using Fairway.Model.Errors;

namespace Fairway.Cli.Doctor;

/// <summary>Reads the facts, each by itself: what cannot be read is missing, and the checks say so. Nothing of the host is changed.</summary>
internal static class HostReader
{
    public static async Task<HostFacts> ReadAsync(Session session)
    {
        var (daemon, problem) = await DaemonAsync(session);
        var links = HostLinks.Read(session.Instance);
        return new HostFacts
        {
            Instance = session.Instance,
            Kernel = KernelRelease.CurrentName,
            HasBtf = File.Exists("/sys/kernel/btf/vmlinux"),
            Capabilities = CapabilitySet.OfThisProcess(),
            Abilities = KernelAbilities.Try(),
            HasBpfFileSystem = BpfFileSystem.Contains("/sys/fs/bpf"),
            CgroupRoot = Cgroups.FindRoot(),
            Libbpf = Libbpf(),
            Settings = Settings(),
            Chains = Chains(),
            FirewallTools = FirewallTools.Find(),
            Routes = links.Routes,
            Listeners = HostListeners.Read(),
            Resolvers = ResolversOf(File.Exists("/etc/resolv.conf") ? File.ReadLines("/etc/resolv.conf") : []),
            Namespace = File.ResolveLinkTarget("/proc/self/ns/net", returnFinalTarget: false)?.Name ?? "",
            Daemon = daemon,
            DaemonProblem = problem,
            Objects = [.. links.Objects, .. NamespacesAndPins(session.Instance)],
        };
    }

    /// <summary><c>nameserver 192.0.2.53</c>; IPv6 addresses may carry a zone.</summary>
    public static IReadOnlyList<IPAddress> ResolversOf(IEnumerable<string> configuration) =>
    [
        .. configuration.Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length >= 2 && words[0] == "nameserver")
            .Select(words => IPAddress.TryParse(words[1], out var address) ? address : null)
            .OfType<IPAddress>(),
    ];

    private static async Task<(DaemonFacts? Daemon, string? Problem)> DaemonAsync(Session session)
    {
        try
        {
            var client = session.Client;
            return (new DaemonFacts(
                await client.GetHealthAsync(session.Cancellation),
                await client.ListNetworksAsync(session.Cancellation),
                await client.ListEndpointsAsync(session.Cancellation),
                await client.ListNamespacesAsync(session.Cancellation),
                await client.ListPublicationsAsync(session.Cancellation)), null);
        }
        catch (FairwayException e)
        {
            return (null, e.Message);
        }
    }

    private static string? Libbpf()
    {
        if (!NativeLibrary.TryLoad("libbpf.so.1", out _))
            return null;
        // address perms offset dev inode path
        var mapped = File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.Contains("/libbpf.so.1", StringComparison.Ordinal));
        return mapped is null ? "libbpf.so.1" : mapped[mapped.IndexOf('/')..];
    }

    private static Dictionary<string, string> Settings()
    {
        var settings = new KernelSettings();
        return SettingsCheck.Names.Select(name => (Name: name, Value: Attempt(() => settings.Find(name))))
            .Where(setting => setting.Value is not null)
            .ToDictionary(setting => setting.Name, setting => setting.Value!);
    }

    private static IReadOnlyList<BaseChain>? Chains() => Attempt(() => FirewallChains.List());

    /// <summary>Namespaces are named after the instance, whose name has no hyphen; pins stand in a directory of its name.</summary>
    private static IEnumerable<KernelObject> NamespacesAndPins(string instance)
    {
        foreach (var name in Attempt(() => Linux.Namespaces.NetworkNamespace.ListNamed()) ?? [])
        {
            if (name.StartsWith(instance + "-", StringComparison.Ordinal))
                yield return new KernelObject("namespace", name);
        }
        var pins = $"/sys/fs/bpf/{instance}";
        if (Directory.Exists(pins))
            yield return new KernelObject("pin directory", pins);
    }

    private static T? Attempt<T>(Func<T> read)
        where T : class?
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is LinuxException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
