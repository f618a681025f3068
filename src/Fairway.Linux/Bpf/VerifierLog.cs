namespace Fairway.Linux.Bpf;

/// <summary>Finds the sentence that matters in the verifier's output: the last line that is neither statistics nor a mark of libbpf's.</summary>
internal static class VerifierLog
{
    public static string? Reason(string log)
    {
        string? reason = null;
        foreach (string raw in log.Split('\n'))
        {
            string line = raw.Trim();
            if (line.Length > 0 && !IsStatistics(line))
                reason = line;
        }
        return reason;
    }

    private static bool IsStatistics(string line)
        => line.StartsWith("processed ", StringComparison.Ordinal)
            || line.StartsWith("verification time ", StringComparison.Ordinal)
            || line.StartsWith("stack depth ", StringComparison.Ordinal);
}
