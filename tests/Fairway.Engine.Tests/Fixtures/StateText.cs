using System.Globalization;
using System.Text;
using Fairway.Engine.Ipam;
using Fairway.Engine.State;
using Fairway.Model.Json;

namespace Fairway.Engine.Tests.Fixtures;

/// <summary>Everything a state holds, its indexes included, as text that is equal exactly when the states are.</summary>
internal static class StateText
{
    public static string Of(HostState state)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"revision {state.Revision} prefix {state.HostPrefix} boot {state.BootId}");
        foreach (var scope in state.Networks.Values.OrderBy(scope => scope.Network.Spec.Id))
            Write(text, scope);
        foreach (var endpoint in state.Endpoints.Values.OrderBy(endpoint => endpoint.Spec.Id))
            text.AppendLine(FairwayJson.Serialize(endpoint));
        foreach (var scope in state.Namespaces.Values.OrderBy(scope => scope.Namespace.Spec.Id))
            Write(text, scope);
        foreach (var (number, publication) in state.Publications.OrderBy(entry => entry.Key))
            text.AppendLine(CultureInfo.InvariantCulture, $"publication {number} {publication.Endpoint} {publication.Number4} {publication.Number6} {FairwayJson.Serialize(publication.Publication)}");
        foreach (var (port, generation) in state.Generations.OrderBy(entry => entry.Key))
            text.AppendLine(CultureInfo.InvariantCulture, $"generation {port} {generation}");
        foreach (var balancer in state.LoadBalancers.Values.OrderBy(balancer => balancer.Spec.Id))
            text.AppendLine(FairwayJson.Serialize(balancer));
        foreach (var route in state.Routes.Values.OrderBy(route => route.Spec.Id))
            text.AppendLine(FairwayJson.Serialize(route));
        Index(text, "routed", state.Routed.Select(entry => KeyValuePair.Create(entry.Key, string.Join(' ', entry.Value.Order()))));
        Index(text, "route name", state.RouteNames);
        Index(text, "network name", state.NetworkNames);
        Index(text, "namespace name", state.NamespaceNames);
        Index(text, "namespace path", state.NamespacePaths);
        Index(text, "namespace cookie", state.NamespaceCookies);
        Index(text, "owner", state.Owners.Select(entry => KeyValuePair.Create(entry.Key, string.Join(' ', entry.Value.Order()))));
        foreach (var kind in Enum.GetValues<NumberKind>())
            Write(text, kind, state.Numbers(kind));
        return text.ToString();
    }

    private static void Write(StringBuilder text, NetworkScope scope)
    {
        text.AppendLine(FairwayJson.Serialize(scope.Network));
        foreach (var pool in scope.Subnets)
            text.AppendLine(CultureInfo.InvariantCulture, $"  subnet {pool.Spec.Prefix} position {pool.Position} next {pool.Next()}");
        foreach (var lease in scope.Leases.Values.OrderBy(lease => lease.Address.ToString(), StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {lease}");
        Index(text, "  name", scope.Endpoints);
        Index(text, "  mac", scope.Macs);
    }

    private static void Write(StringBuilder text, NamespaceScope scope)
    {
        // The order in which endpoints came is not kept across a restart.
        var known = scope.Namespace with { Endpoints = [.. scope.Namespace.Endpoints.Order()] };
        text.AppendLine(FairwayJson.Serialize(known));
        Index(text, "  interface", scope.Interfaces);
    }

    private static void Write(StringBuilder text, NumberKind kind, NumberSpace numbers) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"numbers {kind} used {numbers.Count} last {numbers.Cursor} next {numbers.Next()}");

    private static void Index<TKey, TValue>(StringBuilder text, string name, IEnumerable<KeyValuePair<TKey, TValue>> entries)
    {
        foreach (var line in entries.Select(entry => $"{name} {entry.Key} = {entry.Value}").Order(StringComparer.Ordinal))
            text.AppendLine(line);
    }
}
