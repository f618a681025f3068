using Fairway.Linux.Namespaces;
using Fairway.Linux.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(LeakCheck))]

namespace Fairway.Linux.Tests.Fixtures;

/// <summary>After the last test: no namespace, mount or descriptor of this run is left. What only the garbage collector would close is a leak too.</summary>
public sealed class LeakCheck : IDisposable
{
    public void Dispose()
    {
        string[] kinds = ["anon_inode:bpf", "net:[", "/dev/net/tun"];
        List<string> left = [.. Directory.EnumerateFiles("/proc/self/fd")
            .Select(path => new FileInfo(path).LinkTarget ?? "")
            .Where(target => kinds.Any(kind => target.StartsWith(kind, StringComparison.Ordinal)))];
        // The namespace thread's way home.
        left.Remove(new FileInfo("/proc/self/ns/net").LinkTarget!);
        left.AddRange(NetworkNamespace.ListNamed().Where(name => name.StartsWith($"fwt-{Environment.ProcessId}-", StringComparison.Ordinal)));
        left.AddRange(File.ReadLines("/proc/self/mounts").Where(line => line.Contains($"/fwt-bpf/{Environment.ProcessId}-", StringComparison.Ordinal)));
        if (left.Count > 0)
            throw new InvalidOperationException($"left behind: {string.Join(", ", left)}");
    }
}
