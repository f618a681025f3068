using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Endpoints;

namespace Fairway.Cli.Resources;

/// <summary>How sidecars and proxies are shown.</summary>
internal static class SidecarText
{
    public static SidecarDocument? Document(Sidecar? sidecar) => sidecar is null ? null : new SidecarDocument(sidecar.OutboundPort, sidecar.InboundPort, sidecar.User,
        Texts(sidecar.RemotePrefixes), Texts(sidecar.LocalPorts), Texts(sidecar.RemotePorts), Exceptions(sidecar.InboundExceptions), Exceptions(sidecar.OutboundExceptions));

    public static ProxyDocument? Document(ConnectionProxy? proxy) => proxy is null ? null
        : new ProxyDocument(proxy.Address.ToString(), proxy.Port, Texts(proxy.Prefixes), Texts(proxy.Ports), Texts(proxy.Exceptions));

    public static string? Sentence(ProxyDocument? proxy) => proxy is null ? null
        : $"{proxy.Address}{(proxy.Port is { } port ? $", port {port}," : "")} gets what is called{Narrow(proxy.RemoteAddresses, proxy.RemotePorts, proxy.Exceptions)}";

    public static IEnumerable<(string Label, string? Value)> Fields(SidecarDocument? sidecar)
    {
        if (sidecar is null)
            yield break;
        if (sidecar.OutboundPort is { } outbound)
            yield return ("Sidecar", $"port {outbound} gets what is called{(sidecar.User is { } user ? $", but by user {user}" : "")}{Narrow(sidecar.RemoteAddresses, sidecar.RemotePorts, sidecar.OutboundExceptions)}");
        if (sidecar.InboundPort is { } inbound)
            yield return (sidecar.OutboundPort is null ? "Sidecar" : "", $"port {inbound} gets callers{Narrow(sidecar.RemoteAddresses, sidecar.LocalPorts, sidecar.InboundExceptions)}");
    }

    private static string Narrow(IReadOnlyList<string> addresses, IReadOnlyList<string> ports, IReadOnlyList<string> exceptions) =>
        $"{(addresses.Count == 0 ? "" : $", of {Text.List(addresses)} only")}{(ports.Count == 0 ? "" : $", on {Text.List(ports)} only")}{(exceptions.Count == 0 ? "" : $", not {Text.List(exceptions)}")}";

    private static IReadOnlyList<string> Exceptions(SidecarExceptions exceptions) => [.. Texts(exceptions.Prefixes), .. exceptions.Ports.Select(port => $"port {port}")];

    private static IReadOnlyList<string> Texts<T>(IEnumerable<T> items) => [.. items.Select(item => $"{item}")];
}
