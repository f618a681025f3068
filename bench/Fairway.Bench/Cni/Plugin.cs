using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Fairway.Bench.Cni;

/// <summary>A CNI plugin, called as a runtime calls it: a process for each call, configuration on standard input.</summary>
/// <param name="Program">Its file.</param>
/// <param name="Members">Members of its configuration beside version and name, as JSON.</param>
internal sealed record Plugin(string Program, string Members)
{
    /// <summary>Calls it; returns what it answered and how long that took.</summary>
    public (double Milliseconds, string Answer) Call(string command, string container, string members = "")
    {
        string input = $$"""{"cniVersion": "1.0.0", "name": "bench", {{Members}}{{members}}}""";
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(command, container);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return process.ExitCode == 0 ? (took, answer) : throw new InvalidOperationException($"{Program} {command} {container}: {answer}");
    }

    /// <summary>The members that hand a result on to a plugin behind, or back at DEL.</summary>
    public static string Previous(string answer) => $", \"prevResult\": {JsonNode.Parse(answer)!.ToJsonString()}";

    /// <summary>Calls that must fail; returns how long and with which code.</summary>
    public (double Milliseconds, int Code) Fail(string command, string container)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(command, container);
        process.StandardInput.Write($$"""{"cniVersion": "1.0.0", "name": "bench", {{Members}}}""");
        process.StandardInput.Close();
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (int)JsonNode.Parse(answer)!["code"]!);
    }

    private Process Start(string command, string container)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["CNI_COMMAND"] = command;
        start.Environment["CNI_CONTAINERID"] = container;
        start.Environment["CNI_NETNS"] = $"/run/netns/{container}";
        start.Environment["CNI_IFNAME"] = "eth0";
        start.Environment["CNI_PATH"] = "/usr/lib/cni";
        return Process.Start(start)!;
    }
}
