using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fairway.Cli.Tests.Fixtures;

/// <summary>The command as users get it: compiled ahead of time. Published once, and again when a source is newer.</summary>
internal static class PublishedCommand
{
    private static readonly string[] s_sources = ["src/Fairway.Cli", "src/Fairway.Client", "src/Fairway.Model", "src/Fairway.Linux"];

    private static readonly Lazy<Task<string>> s_path = new(PublishAsync);

    /// <summary>Path of the program.</summary>
    public static Task<string> PathAsync() => s_path.Value;

    /// <summary>Starts it with pipes at its standard streams.</summary>
    public static async Task<Process> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(await PathAsync(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("FAIRWAY_SOCKET");
        return Process.Start(start)!;
    }

    public static async Task<CommandRun> RunAsync(params string[] arguments)
    {
        using var process = await StartAsync(arguments);
        return await EndAsync(process);
    }

    /// <summary>Waits for the end, and answers what it printed.</summary>
    public static async Task<CommandRun> EndAsync(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, output, await error);
    }

    private static async Task<string> PublishAsync()
    {
        var directory = Repository.PathOf("artifacts/publish/cli-tests");
        var program = Path.Combine(directory, "fairway");
        if (File.Exists(program) && Newest() < File.GetLastWriteTimeUtc(program))
            return program;
        var rid = $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        var start = new ProcessStartInfo("dotnet", ["publish", Repository.PathOf("src/Fairway.Cli"), "-c", "Release", "-r", rid, "-v", "q", "--nologo", "-o", directory])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var publish = Process.Start(start)!;
        var run = await EndAsync(publish);
        Assert.True(run.Code == 0, $"dotnet publish: {run.Out}{run.Error}");
        // An incremental publish leaves an unchanged file's time as it was.
        File.SetLastWriteTimeUtc(program, File.GetLastWriteTimeUtc(program) > Newest() ? File.GetLastWriteTimeUtc(program) : Newest().AddSeconds(1));
        return program;
    }

    private static DateTime Newest() =>
        s_sources.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.*", SearchOption.AllDirectories))
            .Concat([Repository.PathOf("Directory.Build.props"), Repository.PathOf("Directory.Packages.props")])
            .Max(File.GetLastWriteTimeUtc);
}
