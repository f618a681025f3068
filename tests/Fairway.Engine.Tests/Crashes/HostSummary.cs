using System.Globalization;
using System.Text;
using Fairway.Engine.State;
using Fairway.Model.Ports;

namespace Fairway.Engine.Tests.Crashes;

/// <summary>What users see of a state: no revisions, no numbers, no cookies.</summary>
internal static class HostSummary
{
    public static string Of(HostState state)
    {
        var text = new StringBuilder();
        foreach (var network in state.Networks.Values.Select(scope => scope.Network.Spec).OrderBy(spec => spec.Name, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"network {network.Name} {string.Join(' ', network.Subnets.Select(subnet => subnet.Prefix))}");
        foreach (var spec in state.Namespaces.Values.Select(scope => scope.Namespace.Spec).OrderBy(spec => spec.Name ?? spec.Path, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"namespace {spec.Name} {spec.Path}");
        foreach (var endpoint in state.Endpoints.Values.OrderBy(endpoint => endpoint.Spec.Name, StringComparer.Ordinal))
        {
            var spec = endpoint.Spec;
            var place = spec.NamespaceId is { } id ? state.Namespaces[id].Namespace.Spec.Path : "-";
            text.AppendLine(CultureInfo.InvariantCulture, $"endpoint {spec.Name} {string.Join(' ', spec.Addresses)} in {place} {spec.InterfaceName} publishes {string.Join(' ', spec.Publications.Select(PublicationText.Format))}");
        }
        foreach (var spec in state.Routes.Values.Select(route => route.Spec).OrderBy(spec => spec.Name, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"route {spec.Name} {string.Join(' ', spec.Routes)} for {string.Join(' ', spec.Endpoints.Select(id => state.Endpoints[id].Spec.Name).Order(StringComparer.Ordinal))}");
        return text.ToString();
    }
}
