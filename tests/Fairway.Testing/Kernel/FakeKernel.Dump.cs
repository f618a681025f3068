using System.Globalization;
using System.Text;
using Fairway.Engine.Plan;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    /// <summary>Everything the kernel holds, as text in the manner of <c>ip</c>; the same state always gives the same text.</summary>
    public string Dump()
    {
        lock (_gate)
        {
            var text = new StringBuilder();
            foreach (var network in _networks.Values.OrderBy(plan => plan.Number))
                Write(text, network);
            foreach (var port in _ports.Values.OrderBy(plan => plan.Port))
                Write(text, port);
            foreach (var publication in _publications.Values.OrderBy(plan => plan.Number))
                Write(text, publication);
            foreach (var policies in _policies.Values.OrderBy(plan => plan.IsNetwork).ThenBy(plan => plan.Number))
                Write(text, policies);
            foreach (var balancer in _balancers.Values.OrderBy(plan => plan.Number))
                Write(text, balancer);
            foreach (var remote in _remotes.Values.OrderBy(plan => plan.Network).ThenBy(plan => plan.Name, StringComparer.Ordinal))
                Write(text, remote);
            foreach (var way in _ways.Values.OrderBy(plan => plan.Port))
                Write(text, way);
            foreach (var sidecar in _sidecars.Values.OrderBy(plan => plan.Port))
                Write(text, sidecar);
            foreach (var (path, place) in _namespaces.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                Write(text, path, place);
            return text.ToString();
        }
    }

    private static void Write(StringBuilder text, NetworkPlan plan) => text.AppendLine(CultureInfo.InvariantCulture,
        $"network {plan.Number} {plan.Name} {plan.Type} dev {plan.HostLink ?? "-"} mac {plan.GatewayMac} mtu {plan.Mtu} gateway {Join(plan.Gateways.Select(Text))} subnet {Join(plan.Subnets)}");

    private static void Write(StringBuilder text, EndpointPlan plan) => text.AppendLine(CultureInfo.InvariantCulture,
        $"port {plan.Port} generation {plan.Generation} network {plan.Network} dev {plan.HostLink} endpoint {plan.Name}");

    private static void Write(StringBuilder text, PublicationPlan plan) => text.AppendLine(CultureInfo.InvariantCulture,
        $"publish {plan.Number} {plan.Protocol} {plan.HostAddress} port {plan.HostPort} count {plan.Count} to {plan.Target} port {plan.TargetPort} switch-port {plan.Port} from {Join(plan.From)}");

    private static void Write(StringBuilder text, LoadBalancerPlan plan) => text.AppendLine(CultureInfo.InvariantCulture,
        $"balance {plan.Number} {Join(plan.Services.Select(service => $"{service.Frontend} {service.Protocol} {service.Port}->{service.BackendPort} {service.Affinity} internal {service.Internal}"))} "
        + $"backends {Join(plan.Backends.Select(backend => $"{backend.Address} port {backend.Port}.{backend.Generation} network {backend.Network}"))} source {plan.Source?.Address} port {plan.Source?.Port}.{plan.Source?.Generation}");

    private static void Write(StringBuilder text, PolicyPlan plan)
    {
        foreach (var rule in plan.Policies.Rules.Values)
            text.AppendLine(CultureInfo.InvariantCulture, $"rule {(plan.IsNetwork ? "network" : "port")} {plan.Number} {rule.Number} {rule.Kind} {rule.Direction} {rule.Action} remote {rule.Remote}");
    }

    private static void Write(StringBuilder text, RemotePlan plan)
    {
        foreach (var prefix in plan.Prefixes)
            text.AppendLine(CultureInfo.InvariantCulture, $"remote network {plan.Network} {prefix.Prefix} on {prefix.ProviderAddress} mac {prefix.MacAddress} virtual-subnet {prefix.VirtualSubnet} routed {prefix.IsRouted}");
    }

    private static void Write(StringBuilder text, WayPlan plan)
    {
        foreach (var way in plan.Ways)
            text.AppendLine(CultureInfo.InvariantCulture, $"way port {plan.Port}.{plan.Generation} {way.Prefix} {way.Leaving} source {way.Source} via {way.NextHop} encapsulated {way.IsEncapsulated} pool {plan.PortPoolUsage}");
    }

    private static void Write(StringBuilder text, SidecarPlan plan)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"sidecar port {plan.Port} netns {plan.NetnsCookie} out {plan.OutboundPort} of {Join(plan.OutboundPorts)} but user {plan.User} in {plan.InboundPort} of {Join(plan.InboundPorts)}");
        foreach (var prefix in plan.Prefixes)
            text.AppendLine(CultureInfo.InvariantCulture, $"sidecar port {plan.Port} {prefix.Prefix} out {prefix.Outbound} in {prefix.Inbound}");
    }

    private static void Write(StringBuilder text, string path, FakeNamespace place)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"netns {path}");
        foreach (var (name, plan) in place.Interfaces)
        {
            text.AppendLine(plan is null
                ? $"    {name} foreign"
                : $"    {name} mac {plan.MacAddress} mtu {plan.Mtu} inet {Join(plan.Addresses.Select(Text))} via {Join(plan.Gateways)} neighbour {plan.GatewayMac}");
        }
    }

    private static string Text(Model.Endpoints.EndpointAddress address) => $"{address.Address}/{address.PrefixLength}";

    private static string Join<T>(IEnumerable<T> values) => string.Join(',', values) is { Length: > 0 } text ? text : "-";
}
