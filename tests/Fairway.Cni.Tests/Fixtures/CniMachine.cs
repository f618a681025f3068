using System.Text.Json.Nodes;
using Fairway.Model.Endpoints;
using Fairway.Model.Json;

namespace Fairway.Cni.Tests.Fixtures;

/// <summary>A machine with a daemon, and containers that are namespaces.</summary>
public sealed class CniMachine : IAsyncLifetime
{
    private int _next;

    public Machine Machine { get; } = new();

    public ValueTask InitializeAsync() => Machine.InitializeAsync();

    public ValueTask DisposeAsync() => Machine.DisposeAsync();

    /// <summary>A call with everything in place: a configuration, and a container of its own.</summary>
    internal async Task<CniCall> CallAsync(string command, string network, string version = "1.1.0", string members = "")
    {
        var name = $"{Machine.Instance}.c{Interlocked.Increment(ref _next)}";
        (await Programs.RunAsync(["ip", "netns", "add", name])).Expect();
        return new CniCall(command) { ContainerId = name, Netns = $"/run/netns/{name}", Input = Configuration(network, version, members) };
    }

    /// <summary>The plugin's entry of a configuration list, as libcni hands it over.</summary>
    internal string Configuration(string network, string version = "1.1.0", string members = "") =>
        $$"""{"cniVersion": "{{version}}", "name": "{{network}}", "type": "fairway-cni", "socket": "{{Machine.SocketPath}}"{{(members.Length > 0 ? ", " + members : "")}}}""";

    internal async Task<Endpoint?> EndpointAsync(CniCall call) => (await Machine.Client.ListEndpointsAsync())
        .SingleOrDefault(endpoint => endpoint.Spec.Owner?.Id == call.ContainerId && endpoint.Spec.InterfaceName == call.InterfaceName);

    /// <summary>Everything a call could have changed: networks, endpoints, and the links in the container.</summary>
    internal async Task<string> StateAsync(string? netns)
    {
        var inside = netns is not null && File.Exists(netns) ? await LinksAsync(netns) : "";
        return inside + FairwayJson.Serialize(await Machine.Client.ListNetworksAsync()) + FairwayJson.Serialize(await Machine.Client.ListEndpointsAsync())
            + FairwayJson.Serialize(await Machine.Client.ListNamespacesAsync());
    }

    /// <summary>
    /// An attach that is refused late has brought the loopback interface up, as runtimes do themselves; that stays. Its own interface has given
    /// up its name and goes a moment later.
    /// </summary>
    private static async Task<string> LinksAsync(string netns) => string.Join('\n',
        (await Programs.RunAsync(Programs.Inside(netns, "ip", "-o", "link"))).Output.Split('\n').Where(line => !line.Contains(": lo:", StringComparison.Ordinal) && !line.Contains(": fx", StringComparison.Ordinal)));

    /// <summary>What the kernel has inside a container, as <c>ip</c> tells it.</summary>
    internal static async Task<JsonNode> InsideAsync(CniCall call, params string[] words) =>
        JsonNode.Parse((await Programs.RunAsync(Programs.Inside(call.Netns!, ["ip", "-j", .. words]))).Expect())!;
}
