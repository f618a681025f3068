using System.Diagnostics;

namespace Fairway.Cli.Tests.Fixtures;

/// <summary>The command as users get it: compiled ahead of time. Published by <c>./test</c>; without it once, and again when a source is newer.</summary>
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
        if (Environment.GetEnvironmentVariable("FAIRWAY_PUBLISHED") is { Length: > 0 } folder)
            return Path.Combine(folder, "fairway");
        var program = Repository.PathOf("artifacts/publish/fairway");
        if (File.Exists(program) && Newest() < File.GetLastWriteTimeUtc(program))
            return program;
        using var publish = Process.Start(new ProcessStartInfo(Repository.PathOf("scripts/publish.sh"), ["Fairway.Cli"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var run = await EndAsync(publish);
        Assert.True(run.Code == 0, $"scripts/publish.sh: {run.Out}{run.Error}");
        // An incremental publish leaves an unchanged file's time as it was.
        if (File.GetLastWriteTimeUtc(program) <= Newest())
            File.SetLastWriteTimeUtc(program, Newest().AddSeconds(1));
        return program;
    }

    private static DateTime Newest() =>
        s_sources.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.*", SearchOption.AllDirectories))
            .Concat([Repository.PathOf("Directory.Build.props"), Repository.PathOf("Directory.Packages.props")])
            .Max(File.GetLastWriteTimeUtc);
}
