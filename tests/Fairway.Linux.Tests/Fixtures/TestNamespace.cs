using System.Diagnostics;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Linux.Tests.Fixtures;

/// <summary>A named namespace of one test, with a socket inside. What a killed run left behind goes when the next one starts.</summary>
internal sealed class TestNamespace : IDisposable
{
    private const string Prefix = "fwt-";
    private static int s_next;

    static TestNamespace()
    {
        foreach (string name in NetworkNamespace.ListNamed().Where(IsAbandoned))
            NetworkNamespace.Delete(name);
    }

    public TestNamespace()
    {
        Name = $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref s_next)}";
        Namespace = NetworkNamespace.Create(Name);
        Route = RouteNetlink.Open(Namespace);
    }

    public string Name { get; }

    public NetworkNamespace Namespace { get; }

    public RouteNetlink Route { get; }

    public void Dispose()
    {
        Route.Dispose();
        Namespace.Dispose();
        NetworkNamespace.Delete(Name);
    }

    /// <summary>Runs a program inside, as a second opinion on what this library did.</summary>
    public string Exec(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("nsenter") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add($"--net={NetworkNamespace.PathOf(Name)}");
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output;
    }

    private static bool IsAbandoned(string name)
        => name.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(name[Prefix.Length..].Split('-')[0], out int pid)
            && !Directory.Exists($"/proc/{pid}");
}
