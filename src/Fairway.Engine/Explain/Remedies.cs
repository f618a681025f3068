using Fairway.Engine.Plan;
using Fairway.Model.Endpoints;
using Fairway.Model.Policies;
using Fairway.Model.Ports;

namespace Fairway.Engine.Explain;

/// <summary>What to do about a denial, as commands to type.</summary>
internal static class Remedies
{
    /// <summary>A rule that would be asked before the one that blocks, where there is a place for it, or that one taken away.</summary>
    public static string Rules(Walk walk, EndpointPlan endpoint, Judgement judgement, PolicyTuple tuple)
    {
        var network = walk.Host.Network(endpoint.Network).Name;
        var (target, option) = judgement.OfNetwork ? (network, " --network") : ($"{network}/{endpoint.Name}", "");
        var (direction, port) = tuple.Direction == PolicyDirection.Out ? ("out", tuple.RemotePort) : ("in", tuple.LocalPort);
        var remove = $"fairway policy remove {target} {judgement.Rule!.Rule}{option}";
        if (judgement.Decided is { Priority: 0 })
            return remove;
        var place = judgement.Decided is not { } rule ? "" : rule.Tier is null ? $" --priority {rule.Priority - 1}" : $" --tier {rule.Tier} --order {rule.Order} --priority {rule.Priority - 1}";
        var add = $"fairway policy add {target} allow {direction}{option}{place} --protocol {PolicyText.Protocol(tuple.Protocol)}{(port == 0 ? "" : $" --port {port}")} --remote {tuple.Remote}";
        return judgement.Decided is null ? add : $"{add}; or {remove}";
    }

    public static string Attach(Walk walk, Endpoint endpoint) => $"fairway endpoint attach {FullName(walk.Host, endpoint)} NAMESPACE";

    /// <summary>The way into a network that others do not reach; null when it has none.</summary>
    public static string? Publish(HostView host, NetworkPlan network, EndpointPlan? endpoint, PacketTuple packet)
    {
        if (!HostView.Traits(network).IsTranslated || packet.Transport is not { } transport)
            return null;
        var (port, suffix) = (packet.DestinationPort, transport == TransportProtocol.Udp ? "/udp" : "");
        return endpoint is null
            ? "publish the port of an endpoint, and call the host's address"
            : $"fairway port publish {network.Name}/{endpoint.Name} {port}:{port}{suffix}, and call an address of the host";
    }

    public static string FullName(HostView host, Endpoint endpoint) => $"{host.State.Network(endpoint.Spec.NetworkId).Spec.Name}/{endpoint.Spec.Name}";
}
