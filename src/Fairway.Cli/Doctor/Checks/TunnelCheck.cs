using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>Whether programs of the host hold UDP ports of overlay networks; VXLAN's own is worth a word before there is one.</summary>
internal static class TunnelCheck
{
    private const string Name = "tunnels";

    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        if (host.Daemon is null)
            yield break;
        var networks = host.Daemon.Networks.Select(network => network.Spec).Where(spec => spec.Traits.IsEncapsulated).ToLookup(PortOf, spec => spec.Name);
        foreach (var (port, owner) in HeldBy(host, networks.Select(group => group.Key).Append(OverlaySpec.DefaultPort).Distinct()))
        {
            yield return networks[port].Any()
                ? CheckResult.Fail(Name, $"{owner} holds UDP port {port}: network '{networks[port].First()}' reaches no other host", "stop it, or make the network anew with another --vxlan-port")
                : CheckResult.Ok(Name, $"{owner} holds UDP port {port}: overlay networks need another one (--vxlan-port)");
        }
    }

    /// <summary>A port without an owner is the kernel's: our own tunnel.</summary>
    private static IEnumerable<(ushort Port, string Owner)> HeldBy(HostFacts host, IEnumerable<ushort> ports) =>
        from port in ports
        from listener in host.Listeners.Where(listener => listener.Protocol == TransportProtocol.Udp && listener.Local.Port == port && listener.Owner is not null).Take(1)
        select (port, listener.Owner!);

    private static ushort PortOf(NetworkSpec spec) => (spec.Overlay ?? OverlaySpec.Default).UdpPort;
}
