using System.Diagnostics;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Processes;

namespace Fairway.Linux.Tests.Processes;

/// <summary>This suite as a process of its own that replaces itself by another program, for a process cannot be replaced under its own tests.</summary>
internal static class ReplacedProcess
{
    public const string Marker = "--replace-process";

    /// <summary>Runs in the child: namespace (or -), path and content of a covered file (or -), program, arguments.</summary>
    public static int Replace(string[] arguments)
    {
        if (arguments is not [var name, var path, var content, var program, .. var rest])
            return 2;
        try
        {
            ProcessLauncher.Replace(new ProgramSpec
            {
                FileName = program,
                Arguments = rest,
                NetworkNamespace = name == "-" ? null : NetworkNamespace.OpenNamed(name),
                Files = path == "-" ? new Dictionary<string, string>() : new Dictionary<string, string> { [path] = content },
            });
        }
        catch (LinuxException e)
        {
            // Whoever failed to replace the process must still be where it was.
            Console.WriteLine(e.Message);
            Console.WriteLine(NetworkNamespace.OpenCurrent().Inode);
        }
        return 3;
    }

    /// <summary>Runs it and returns exit code, output and process id.</summary>
    public static (int ExitCode, string Output, int ProcessId) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Marker);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.TrimEnd(), process.Id);
    }
}
