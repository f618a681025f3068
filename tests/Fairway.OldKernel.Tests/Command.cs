using System.Diagnostics;

namespace Fairway.OldKernel.Tests;

/// <summary>Starts a program of the host and returns what it printed; anything but success is an exception with its output.</summary>
internal static class Command
{
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? directory = null, TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"run '{program}': not finished in time; it printed: {await output}{await error}");
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"run '{program}': exit code {process.ExitCode}: {await output}{await error}");
    }
}
