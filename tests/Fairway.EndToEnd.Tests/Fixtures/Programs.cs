using System.Diagnostics;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>Starts programs, here or in a namespace, and knows where this clone's own were built.</summary>
internal static class Programs
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>The command as people get it when the suite of the command has published it: it starts in a tenth of the time.</summary>
    public static string Fairway { get; } = Published() ?? Built("Fairway.Cli", "fairway");

    public static string Fairwayd { get; } = Built("Fairway.Daemon", "fairwayd");

    public static async Task<CommandResult> RunAsync(IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] words = [.. command];
        using Process process = Start(words, environment);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{string.Join(' ', words)}: no end after {s_patience}");
        }
        return new CommandResult(string.Join(' ', words), process.ExitCode, await output, await errors);
    }

    public static Process Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>The words that run a command in a namespace. Never <c>ip netns exec</c>, which remounts /sys and hides bpffs.</summary>
    public static string[] Inside(string namespacePath, params string[] command) => ["nsenter", $"--net={namespacePath}", .. command];

    // Not one of an earlier build.
    private static string? Published()
    {
        string built = Built("Fairway.Cli", "fairway.dll");
        string published = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(built)!, "../../../publish/cli-tests/fairway"));
        return File.Exists(published) && File.GetLastWriteTimeUtc(published) >= File.GetLastWriteTimeUtc(built) ? published : null;
    }

    // artifacts/bin/PROJECT/release/PROGRAM, beside this test's own folder.
    private static string Built(string project, string program)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return Path.Combine(folder.Parent!.Parent!.FullName, project, folder.Name, program);
    }
}
