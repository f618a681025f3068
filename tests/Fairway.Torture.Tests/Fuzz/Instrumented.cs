using System.Reflection;
using System.Runtime.Loader;
using SharpFuzz;

namespace Fairway.Torture.Tests.Fuzz;

/// <summary>A copy of this suite's Fairway libraries, instrumented, in a load context of its own. The originals run beside it untouched.</summary>
internal sealed class Instrumented : IDisposable
{
    private static readonly string[] s_libraries = ["Fairway.Model", "Fairway.Dns", "Fairway.Linux", "Fairway.Api", "fairway-cni", "fairway-netavark"];

    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-fuzz-").FullName;

    public Instrumented()
    {
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(file => Path.GetFileName(file).StartsWith("fairway", StringComparison.OrdinalIgnoreCase)))
            File.Copy(file, Path.Combine(_directory, Path.GetFileName(file)));
        foreach (string library in s_libraries)
            Fuzzer.Instrument(Path.Combine(_directory, $"{library}.dll"), _ => true, Options.Value);
        Type targets = new Beside(_directory).LoadFromAssemblyPath(Path.Combine(_directory, Path.GetFileName(typeof(FuzzTargets).Assembly.Location))).GetType(typeof(FuzzTargets).FullName!)!;
        Run = targets.GetMethod(nameof(FuzzTargets.Run))!.CreateDelegate<Action<string, byte[]>>();
    }

    /// <summary>Runs a target by its name.</summary>
    public Action<string, byte[]> Run { get; }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private sealed class Beside(string directory) : AssemblyLoadContext("instrumented")
    {
        protected override Assembly? Load(AssemblyName name)
        {
            string path = Path.Combine(directory, $"{name.Name}.dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
