using System.Diagnostics;
using Fairway.Model.Errors;

namespace Fairway.Cli.Installing;

/// <summary>Programs an installation calls.</summary>
internal static class Programs
{
    /// <summary>Where systemd is when it runs this host (sd_booted(3)).</summary>
    private const string SystemdRuns = "/run/systemd/system";

    /// <summary>Calls systemctl, where there is a systemd to call.</summary>
    /// <exception cref="FairwayException">Internal: it failed.</exception>
    public static async Task SystemctlAsync(params string[] words)
    {
        if (Directory.Exists(SystemdRuns))
            await RunAsync("systemctl", words);
    }

    /// <summary>Runs a program to its end; what it says goes where this command's words go.</summary>
    /// <exception cref="FairwayException">Internal: it failed, or is not there.</exception>
    public static async Task RunAsync(string program, params string[] words)
    {
        try
        {
#pragma warning disable RS0030 // The ban is for everything but the command line.
            using var process = Process.Start(new ProcessStartInfo(program, words))!;
#pragma warning restore RS0030
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new FairwayException(ErrorKind.Internal, program, $"run '{program} {string.Join(' ', words)}': exit code {process.ExitCode}; see what it said above");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new FairwayException(ErrorKind.Internal, program, $"run '{program} {string.Join(' ', words)}': {e.Message}", inner: e);
        }
    }
}
