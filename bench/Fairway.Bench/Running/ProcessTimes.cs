using System.Diagnostics;
using System.Globalization;

namespace Fairway.Bench.Running;

/// <summary>A line of /proc/PID/stat.</summary>
/// <param name="Id">Process id.</param>
/// <param name="Parent">Who started it.</param>
/// <param name="Started">When it started, in ticks since the boot.</param>
/// <param name="IsKernel">Whether it is a thread of the kernel.</param>
/// <param name="Ticks">CPU time of it and of its children that ended; of the first process its own alone, for its children are everybody's orphans, those of containers too.</param>
internal sealed record ProcessTimes(int Id, int Parent, long Started, bool IsKernel, double Ticks)
{
    private const long KernelThread = 0x00200000;
    private const int Init = 1;

    public static IEnumerable<ProcessTimes> All() => Directory.EnumerateDirectories("/proc")
        .Where(path => char.IsAsciiDigit(path[6])).Select(path => Read(int.Parse(path[6..], CultureInfo.InvariantCulture))).OfType<ProcessTimes>();

    /// <summary>CPU time of a process by now, with that of threads that ended.</summary>
    public static TimeSpan CpuOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    /// <summary>Resident memory of a process, in MiB.</summary>
    public static double ResidentOf(int id)
        => double.Parse(File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;

    /// <summary>A process and those it started.</summary>
    public static IReadOnlyList<int> Family(int id) => [id, .. All().Where(process => process.Parent == id).Select(process => process.Id)];

    private static ProcessTimes? Read(int id)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{id}/stat");
            // The name is in parentheses and may contain anything.
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessTimes(id, (int)Number(1), Number(19), (Number(6) & KernelThread) != 0, Number(11) + Number(12) + (id == Init ? 0 : Number(13) + Number(14)));

            long Number(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
