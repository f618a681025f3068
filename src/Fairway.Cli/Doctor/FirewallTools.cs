namespace Fairway.Cli.Doctor;

/// <summary>Finds firewall front ends at work, by what they leave on disk and in /proc.</summary>
internal static class FirewallTools
{
    public static IReadOnlyList<string> Find()
    {
        var running = Processes();
        var found = new List<string>();
        if (running.Contains("firewalld") || File.Exists("/run/firewalld.pid"))
            found.Add("firewalld");
        if (IsUfwEnabled("/etc/ufw/ufw.conf"))
            found.Add("ufw");
        if (running.Contains("dockerd"))
            found.Add("Docker");
        // Not listed by nf_tables; a host that never used them has no such file, or an empty one.
        if (LegacyTables("/proc/net/ip_tables_names") || LegacyTables("/proc/net/ip6_tables_names"))
            found.Add("iptables-legacy");
        return found;
    }

    /// <summary>Whether the old iptables has a table that filters: <c>filter</c>, a line.</summary>
    public static bool LegacyTables(string path)
    {
        try
        {
            return File.ReadLines(path).Contains("filter");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary><c>ENABLED=yes</c>.</summary>
    public static bool IsUfwEnabled(string path)
    {
        try
        {
            return File.ReadLines(path).Any(line => line.Trim().Equals("ENABLED=yes", StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static HashSet<string> Processes()
    {
        var names = new HashSet<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                // firewalld is a Python program: its name is what it was started as, and stands in its command line.
                names.Add(File.ReadAllText(Path.Combine(process, "comm")).Trim());
                foreach (var word in File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0').Take(3))
                    names.Add(Path.GetFileName(word));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Ended meanwhile.
            }
        }
        return names;
    }
}
