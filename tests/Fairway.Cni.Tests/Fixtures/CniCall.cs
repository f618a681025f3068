using System.Text;
using System.Text.Json.Nodes;

namespace Fairway.Cni.Tests.Fixtures;

/// <summary>One call of a runtime. What a test leaves alone is as a runtime would have it.</summary>
internal sealed record CniCall(string Command)
{
    public string? ContainerId { get; init; } = "c1";
    public string? Netns { get; init; } = "/run/netns/no-such-namespace";
    public string? InterfaceName { get; init; } = "eth0";
    public string? Arguments { get; init; }
    /// <summary>Standard input.</summary>
    public string Input { get; init; } = "";

    /// <summary>The environment a runtime sets.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string?>
    {
        ["CNI_COMMAND"] = Command,
        ["CNI_CONTAINERID"] = ContainerId,
        ["CNI_NETNS"] = Netns,
        ["CNI_IFNAME"] = InterfaceName,
        ["CNI_ARGS"] = Arguments,
        ["CNI_PATH"] = "/opt/cni/bin",
    }.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);

    /// <summary>With other members in the configuration, or without them (null).</summary>
    public CniCall With(string member, JsonNode? value)
    {
        var document = JsonNode.Parse(Input)!.AsObject();
        document.Remove(member);
        if (value is not null)
            document[member] = value.DeepClone();
        return this with { Input = document.ToJsonString() };
    }

    /// <summary>Runs the plugin within this process for a runtime that has hung up; returns its exit code and what it wrote to the log.</summary>
    public (int ExitCode, string Log) RunForNobody()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(Input));
        var log = new List<string>();
        using var broken = new BrokenStream();
        return (Plugin.Run(Environment.GetValueOrDefault, input, broken, log.Add), string.Join('\n', log));
    }

    /// <summary>Runs the plugin within this process.</summary>
    public CniAnswer Run()
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(Input));
        using var output = new MemoryStream();
        var log = new List<string>();
        var code = Plugin.Run(Environment.GetValueOrDefault, input, output, log.Add);
        return new CniAnswer(code, Encoding.UTF8.GetString(output.ToArray()), log);
    }
}
