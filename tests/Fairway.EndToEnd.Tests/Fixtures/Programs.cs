using System.Diagnostics;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>Starts programs, here or in a namespace, and knows where this clone's own are.</summary>
internal static class Programs
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static string Fairway { get; } = Product("Fairway.Cli", "fairway");

    public static string Fairwayd { get; } = Product("Fairway.Daemon", "fairwayd");

    public static string FairwayCni { get; } = Product("Fairway.Cni", "fairway-cni");

    public static async Task<CommandResult> RunAsync(IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null, string input = "")
    {
        string[] words = [.. command];
        using Process process = Start(words, environment);
        Task feeding = FeedAsync(process, input);
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
        await feeding;
        return new CommandResult(string.Join(' ', words), process.ExitCode, await output, await errors);
    }

    private static async Task FeedAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want to hear all of it.
        }
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

    /// <summary>
    /// The program as users get it, compiled ahead of time by <c>scripts/publish.sh</c>: always under <c>./test</c>, which names the folder;
    /// in the inner loop unless it is older than what was built, which then runs instead.
    /// </summary>
    public static string Product(string project, string program)
    {
        if (Environment.GetEnvironmentVariable("FAIRWAY_PUBLISHED") is { Length: > 0 } folder)
            return Path.Combine(folder, program);
        // artifacts/bin/PROJECT/release, beside this test's own folder.
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        string built = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
        string published = Path.GetFullPath(Path.Combine(built, "../../../publish", program));
        bool isCurrent = File.Exists(published)
            && Directory.EnumerateFiles(built, "*.dll").All(library => File.GetLastWriteTimeUtc(library) <= File.GetLastWriteTimeUtc(published));
        return isCurrent ? published : Path.Combine(built, program);
    }
}
