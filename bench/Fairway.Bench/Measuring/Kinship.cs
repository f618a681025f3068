using System.Text;
using Fairway.Bench.Running;

namespace Fairway.Bench.Measuring;

/// <summary>
/// Tells processes of the comparison from others: they inherit a variable, whoever started them and however far they have run from their parents (containerd's shims, aardvark-dns).
/// </summary>
internal sealed class Kinship
{
    private const string Variable = "FAIRWAY_COMPARISON";
    private readonly Dictionary<(int Id, long Started), bool> _known = [];

    /// <summary>Marks what this process starts from now on.</summary>
    public static void Mark() => Environment.SetEnvironmentVariable(Variable, "1");

    /// <summary>CPU time used so far by programs that are no part of the comparison, with that of their children that ended.</summary>
    public double ForeignTicks() => ProcessTimes.All().Where(process => !process.IsKernel && !IsOurs(process)).Sum(process => process.Ticks);

    /// <summary>Processes that an earlier run, or this one, left behind.</summary>
    public IReadOnlyList<int> Leftovers() => [.. ProcessTimes.All().Where(process => process.Id != Environment.ProcessId && !process.IsKernel && IsOurs(process)).Select(process => process.Id)];

    private bool IsOurs(ProcessTimes process)
    {
        if (process.Id == Environment.ProcessId)
            return true;
        if (_known.TryGetValue((process.Id, process.Started), out bool ours))
            return ours;
        try
        {
            ours = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process.Id}/environ")).Split('\0').Contains($"{Variable}=1");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or has no environment any more.
        }
        return _known[(process.Id, process.Started)] = ours;
    }
}
