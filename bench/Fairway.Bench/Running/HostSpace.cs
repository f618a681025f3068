using System.Diagnostics;
using System.Net;
using Fairway.Bench.Peers;
using Fairway.Linux.Namespaces;

namespace Fairway.Bench.Running;

/// <summary>A namespace that stands for a host, with a cable to another one that stands for the LAN, and namespaces for containers. All of them go with the object.</summary>
internal sealed class HostSpace : IDisposable
{
    private const string Prefix = "cmp-";
    private readonly NetworkNamespace _space;
    private readonly Lock _gate = new();
    private int _containers;

    public HostSpace(string tag)
    {
        Name = Prefix + tag;
        Delete(Name);
        _space = NetworkNamespace.Create(Name);
        NetworkNamespace.Create($"{Name}.lan").Dispose();
        Shell.Run($"ip -n {Name} link add up0 type veth peer name lan0 netns {Name}.lan");
        Shell.Run($"ip -n {Name} link set lo up && ip -n {Name} addr add {Address}/24 dev up0 && ip -n {Name} link set up0 up");
        Shell.Run($"ip -n {Name}.lan link set lo up && ip -n {Name}.lan addr add {LanAddress}/24 dev lan0 && ip -n {Name}.lan link set lan0 up");
    }

    /// <summary>Of the host towards the LAN.</summary>
    public static IPAddress Address { get; } = IPAddress.Parse("198.51.100.1");

    /// <summary>Of who is on the LAN.</summary>
    public static IPAddress LanAddress { get; } = IPAddress.Parse("198.51.100.2");

    public string Name { get; }

    public string FilePath => NetworkNamespace.PathOf(Name);

    public string LanPath => NetworkNamespace.PathOf($"{Name}.lan");

    public NetworkNamespace Space => _space;

    /// <summary>Takes away namespaces that a run left behind.</summary>
    public static void DeleteAll() => DeleteWhere(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>A namespace for a container, empty but for its loopback.</summary>
    public Container AddContainer(string name, IReadOnlyList<Forward> forwards)
    {
        using NetworkNamespace space = NetworkNamespace.Create($"{Name}.{name}");
        space.SetLoopbackUp();
        return new Container(name, Next(), space.Description, forwards);
    }

    /// <summary>A number that no other container of this host has.</summary>
    public int Next()
    {
        lock (_gate)
            return ++_containers;
    }

    /// <summary>Runs a program on this host, as a runtime runs a plugin; returns its output.</summary>
    public string Run(string program, IEnumerable<string> arguments, string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        // A process is in the namespace of the thread that starts it.
        using Process process = _space.Run(() => Process.Start(start)!);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)}: exit code {process.ExitCode}: {output.Trim()} {process.StandardError.ReadToEnd().Trim()}");
    }

    /// <summary>A shell command on this host.</summary>
    public string Sh(string command) => Run("/bin/sh", ["-c", command]);

    public void Dispose()
    {
        _space.Dispose();
        Delete(Name);
    }

    private static void Delete(string name) => DeleteWhere(found => found == name || found.StartsWith($"{name}.", StringComparison.Ordinal));

    private static void DeleteWhere(Func<string, bool> isMeant)
    {
        foreach (string name in NetworkNamespace.ListNamed().Where(isMeant))
            NetworkNamespace.Delete(name);
    }
}
