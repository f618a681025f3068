namespace Fairway.Torture.Tests.Traffic;

/// <summary>A build of the daemon whose switch has other programs: what an upgrade brings.</summary>
internal static class OtherBuild
{
    /// <summary>The directory of the switch's C texts.</summary>
    public static string Sources { get; } = FindSources();

    /// <summary>Copies the daemon beside a switch of its own, and returns the program's path.</summary>
    /// <param name="directory">A directory for it.</param>
    /// <param name="number">Builds of different numbers have different programs.</param>
    public static async Task<string> MakeAsync(string directory, int number)
    {
        string source = Path.GetDirectoryName(Programs.Fairwayd)!;
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(directory, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
        string text = await File.ReadAllTextAsync(Path.Combine(Sources, "switch.bpf.c"));
        const string Entry = "__u32 ifindex = skb->ifindex, *number;\n";
        Assert.Contains(Entry, text, StringComparison.Ordinal);
        string changed = Path.Combine(directory, "switch.bpf.c");
        // Every program asks where it stands; one that looks at its clock so many times is another program.
        await File.WriteAllTextAsync(changed, text.Replace(Entry, Entry + string.Concat(Enumerable.Repeat("\n\tbpf_ktime_get_coarse_ns();", number)), StringComparison.Ordinal));
        await CompileAsync(changed, Sources, Path.Combine(directory, "switch.bpf.o"));
        return Path.Combine(directory, Path.GetFileName(Programs.Fairwayd));
    }

    /// <summary>As bpf/build.sh does it.</summary>
    public static async Task CompileAsync(string source, string headers, string target)
        => (await Programs.RunAsync(["sh", "-c", $"clang -O2 -g -target bpf -mcpu=v3 -Wno-unused-parameter -I/usr/include/$(uname -m)-linux-gnu -I{headers} -c {source} -o {target}"])).Expect();

    private static string FindSources()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "bpf/switch.bpf.c")))
                return Path.Combine(directory.FullName, "bpf");
        }
        throw new DirectoryNotFoundException($"find 'bpf/switch.bpf.c' above '{AppContext.BaseDirectory}': not there; run the tests from a clone");
    }
}
