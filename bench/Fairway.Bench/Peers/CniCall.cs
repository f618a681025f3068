using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>Calls a CNI plugin as a runtime does: a process for each call, configuration on standard input.</summary>
/// <param name="Space">The host.</param>
/// <param name="Program">The plugin.</param>
/// <param name="Members">Members of its configuration beside version and name, as JSON.</param>
internal sealed record CniCall(HostSpace Space, string Program, string Members)
{
    /// <summary>Calls it and returns its answer.</summary>
    /// <param name="command">ADD or DEL.</param>
    /// <param name="container">For whom.</param>
    /// <param name="previous">What the plugin before it answered, or this one at ADD; empty for none.</param>
    public string Call(string command, Container container, string previous = "")
    {
        string input = $$"""{"cniVersion": "1.0.0", "name": "bench", {{Members}}{{(previous.Length > 0 ? $", \"prevResult\": {previous}" : "")}}{{Ports(container)}}}""";
        return Space.Run(Program, [], input, new Dictionary<string, string>
        {
            ["CNI_COMMAND"] = command,
            ["CNI_CONTAINERID"] = container.Name,
            ["CNI_NETNS"] = container.NetnsPath,
            ["CNI_IFNAME"] = "eth0",
            ["CNI_PATH"] = Path.GetDirectoryName(Program)!,
        });
    }

    private static string Ports(Container container) => container.Forwards.Count == 0 ? "" : ", \"runtimeConfig\": {\"portMappings\": ["
        + string.Join(", ", container.Forwards.Select(item => $$"""{"hostPort": {{item.HostPort}}, "containerPort": {{item.ContainerPort}}, "protocol": "{{item.Protocol}}"}""")) + "]}";
}
