using System.Net;
using Fairway.Cli.Output;
using Fairway.Cli.Resources;
using Fairway.Linux.Netfilter;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Cli.Doctor.Checks;

/// <summary>What the host's firewall decides, and what it does not get to see.</summary>
internal static class FirewallCheck
{
    private const string Name = "firewall";

    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        if (host.Chains is null)
            return [CheckResult.Warn(Name, "the firewall's chains cannot be read", "run this as root, on a kernel with nf_tables")];
        return [Overview(host), .. Forward(host), .. Input(host), .. Tunnels(host), .. Output(host)];
    }

    private static CheckResult Overview(HostFacts host)
    {
        if (host.FirewallTools.Count > 0)
            return CheckResult.Ok(Name, $"{Text.List(host.FirewallTools)} found; traffic from, to and between endpoints does not pass the firewall");
        return host.Chains!.Count == 0
            ? CheckResult.Ok(Name, "none")
            : CheckResult.Ok(Name, $"nftables with {Text.Count(host.Chains.Count, "chain")}; traffic from, to and between endpoints does not pass them");
    }

    /// <summary>Docker's and ufw's: the usual suspects, and innocent.</summary>
    private static IEnumerable<CheckResult> Forward(HostFacts host)
    {
        var dropping = Dropping(host, ChainHook.Forward);
        if (dropping.Count > 0)
            yield return CheckResult.Ok(Name, $"{Text.List(dropping)} drops what this host forwards; the switch does not forward through it");
    }

    private static IEnumerable<CheckResult> Input(HostFacts host)
    {
        var dropping = Dropping(host, ChainHook.Input);
        if (dropping.Count == 0 && host.FirewallTools.Count == 0)
            yield break;
        yield return CheckResult.Ok(Name, dropping.Count > 0
            ? $"{Text.List(dropping)} decides which services of this host endpoints reach at their gateway address; names (DNS) are always answered"
            : "it may decide which services of this host endpoints reach at their gateway address; names (DNS) are always answered");
        var open = host.Publications.Where(port => port.Publication.From.IsEmpty && !IsLocal(port)).ToList();
        if (open.Count > 0)
        {
            var ports = open.Select(port => PublicationResource.Arrow(PublicationResource.Document(port.Publication, port.EndpointId, port.Endpoint, port.Network)));
            yield return CheckResult.Warn(Name, $"published ports are reached past the firewall, and everyone reaches {Text.List(ports)}",
                "publish with --publish-from CIDR what not everyone should reach");
        }
    }

    /// <summary>Small packets of other hosts are unwrapped before the firewall sees them, so that a ping says nothing about what it does with the large ones.</summary>
    private static IEnumerable<CheckResult> Tunnels(HostFacts host)
    {
        var dropping = Dropping(host, ChainHook.Input);
        var overlays = host.Daemon?.Networks.Select(network => network.Spec).Where(spec => spec.Traits.IsEncapsulated).ToList() ?? [];
        if (dropping.Count == 0 || overlays.Count == 0)
            yield break;
        var ports = overlays.Select(spec => (spec.Overlay ?? OverlaySpec.Default).UdpPort).Distinct().Order();
        yield return CheckResult.Warn(Name, $"{Text.List(dropping)} drops what no rule lets in: without one, large packets from other hosts do not reach network {Text.List(overlays.Select(spec => $"'{spec.Name}'"))}, though small ones do",
            $"let UDP port {Text.List(ports.Select(port => $"{port}"))} in from the other hosts; when a rule does already, all is well");
    }

    private static IEnumerable<CheckResult> Output(HostFacts host)
    {
        var dropping = Dropping(host, ChainHook.Output);
        if (dropping.Count > 0)
            yield return CheckResult.Warn(Name, $"{Text.List(dropping)} drops what this host's own programs send, to endpoints as well", "allow it out of the links fw-*");
    }

    private static List<string> Dropping(HostFacts host, ChainHook hook) =>
    [
        .. host.Chains!.Where(chain => chain.Hook == hook && chain.DropsByDefault && chain.Family is (ChainFamily.Inet or ChainFamily.IPv4 or ChainFamily.IPv6))
            .Select(chain => $"'{FamilyWord(chain.Family)} {chain.Table} {chain.Name}'"),
    ];

    private static bool IsLocal(PublishedPort port) => port.Publication.HostAddress is { } address && IPAddress.IsLoopback(address);

    /// <summary>As nft(8) calls it.</summary>
    private static string FamilyWord(ChainFamily family) => family switch
    {
        ChainFamily.IPv4 => "ip",
        ChainFamily.IPv6 => "ip6",
        _ => "inet",
    };
}
