using System.Diagnostics;

namespace Fairway.Bench.Running;

/// <summary>Starts the programs a comparison is made of.</summary>
internal static class Shell
{
    private static readonly string s_self = Path.Combine(AppContext.BaseDirectory, "Fairway.Bench.dll");

    /// <summary>Runs a shell command and returns what it printed; a failure is an exception with its errors.</summary>
    public static string Run(string command, bool mayFail = false)
    {
        using Process process = Start("sh", "-c", command);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 || mayFail
            ? output.Trim()
            : throw new InvalidOperationException($"{command}: exit code {process.ExitCode}: {errors.GetAwaiter().GetResult().Trim()}");
    }

    public static Process Start(string program, params IEnumerable<string> arguments)
        => Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>A worker of this program inside a namespace, on one CPU. A call that is not answered there fails after seven seconds instead of two minutes.</summary>
    public static Process StartWorker(string namespacePath, int cpu, string role)
        => Start("nsenter", [$"--net={namespacePath}", "sh", "-c", $"echo 2 >/proc/sys/net/ipv4/tcp_syn_retries; exec taskset -c {cpu} \"$@\"", "worker", Environment.ProcessPath!, .. SelfArguments(), "worker", role]);

    // `dotnet Fairway.Bench.dll` needs the assembly again, the apphost does not.
    private static string[] SelfArguments() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [s_self] : [];
}
