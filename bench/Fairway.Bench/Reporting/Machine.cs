using System.Globalization;
using Fairway.Bench.Running;

namespace Fairway.Bench.Reporting;

/// <summary>What was measured on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        string model = Field("/proc/cpuinfo", "model name") ?? Shell.Run("uname -m");
        double memory = double.Parse(Field("/proc/meminfo", "MemTotal")!.Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024;
        string system = File.ReadLines("/etc/os-release").First(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))[12..].Trim('"');
        string hypervisor = (File.Exists("/proc/cpuinfo") && File.ReadAllText("/proc/cpuinfo").Contains("hypervisor", StringComparison.Ordinal)) ? ", virtual" : "";
        return $"{Environment.ProcessorCount} CPUs ({model}{hypervisor}), {memory:0} GiB, {system}, {Shell.Run("uname -sr")}";
    }

    private static string? Field(string file, string name)
        => File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
