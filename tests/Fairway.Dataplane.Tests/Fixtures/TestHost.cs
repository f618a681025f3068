using System.Diagnostics;
using System.Net;
using Fairway.Dataplane.Marks;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Tests.Fixtures;

/// <summary>
/// A host of its own: a namespace that stands for the host, an instance named after the process, and its data plane. At the end everything is
/// uninstalled and must be gone. What a killed run left behind goes when the next one starts.
/// </summary>
internal sealed class TestHost : IAsyncDisposable
{
    private const string Prefix = "dpt";
    private const string BpfFileSystem = "/sys/fs/bpf";
    private static int s_next;

    private readonly List<string> _namespaces = [];
    private readonly List<TestSpace> _spaces = [];
    private readonly List<string> _descriptors;

    static TestHost()
    {
        RemoveAbandoned();
        // The thread that enters namespaces keeps the way home open for good.
        using NetworkNamespace here = NetworkNamespace.OpenCurrent();
        here.Run(() => { });
    }

    public TestHost(Func<DataplaneOptions, DataplaneOptions>? change = null)
    {
        _descriptors = Descriptors();
        Name = $"{Prefix}{Environment.ProcessId}n{Interlocked.Increment(ref s_next)}";
        string space = $"{Name}.host";
        Namespace = NetworkNamespace.Create(space);
        _namespaces.Add(space);
        Namespace.SetLoopbackUp();
        Route = RouteNetlink.Open(Namespace);
        Options = new DataplaneOptions { Instance = Name, Host = Namespace, ServeHostProcesses = false };
        Options = change?.Invoke(Options) ?? Options;
        Instance = new Instance(Name);
        try
        {
            Dataplane = HostDataplane.Open(Options, Settings);
        }
        catch
        {
            new Uninstaller(Options, Settings).Run();
            NetworkNamespace.Delete(space);
            throw;
        }
    }

    public string Name { get; }

    public Instance Instance { get; }

    /// <summary>The host.</summary>
    public NetworkNamespace Namespace { get; }

    /// <summary>A socket in the host.</summary>
    public RouteNetlink Route { get; }

    public DataplaneOptions Options { get; }

    public SettingRecord Settings { get; } = new();

    public HostDataplane Dataplane { get; private set; }

    /// <summary>What a new daemon does: everything again, but for what is in the kernel.</summary>
    public async Task RestartAsync()
    {
        await Dataplane.DisposeAsync();
        Dataplane = HostDataplane.Open(Options, Settings);
    }

    /// <summary>A namespace for endpoints.</summary>
    public TestSpace CreateSpace()
    {
        string name = $"{Name}.c{_namespaces.Count}";
        _namespaces.Add(name);
        var space = new TestSpace(name);
        _spaces.Add(space);
        return space;
    }

    /// <summary>Makes a device that leads to a namespace outside, with an address at each end, and the host's default route by it.</summary>
    public TestSpace CreateOutside(string device, string hostAddress, string outsideAddress, int prefixLength)
    {
        TestSpace outside = CreateSpace();
        Route.CreateLink(new VethSpec { Name = device, Peer = new VethPeerSpec { Name = "eth0", Namespace = outside.Namespace } });
        Link link = Route.GetLink(device);
        // A link-local address would come in the kernel's own time, and be news then.
        Route.SetLink(link.Index, new LinkChange { AddressGeneration = AddressGenerationMode.None });
        Route.AddAddress(new InterfaceAddress { LinkIndex = link.Index, Address = IPAddress.Parse(hostAddress), PrefixLength = prefixLength, Flags = FlagsOf(hostAddress) });
        Route.SetLink(link.Index, new LinkChange { Up = true });
        int peer = link.LinkedIndex!.Value;
        outside.Route.AddAddress(new InterfaceAddress { LinkIndex = peer, Address = IPAddress.Parse(outsideAddress), PrefixLength = prefixLength, Flags = FlagsOf(outsideAddress) });
        outside.Route.SetLink(peer, new LinkChange { Up = true });
        return outside;
    }

    public string Exec(string program, params string[] arguments) => Run(Namespace.Description, program, arguments);

    /// <summary>Pings until the first answer, three times at most: the kernel makes an IPv6 address usable in its own time, even without duplicate detection.</summary>
    public void Ping(string address) => Exec("ping", PingArguments(address));

    public static string[] PingArguments(string address) => ["-c3", "-i0.3", "-W2", address];

    /// <summary>Runs a program in a namespace, as a second opinion; fails with what it said.</summary>
    public static string Run(string space, string program, params string[] arguments)
    {
        (int code, string output) = Try(space, program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {output}");
        return output;
    }

    public static (int Code, string Output) Try(string space, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("nsenter") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add($"--net={space}");
        start.ArgumentList.Add(program);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    public async ValueTask DisposeAsync()
    {
        await Dataplane.DisposeAsync();
        new Uninstaller(Options, Settings).Run();
        string[] links = [.. Route.ListLinks().Where(link => Instance.AnyMarkOf(link) is not null || Instance.IsLeftOver(link)).Select(link => link.Name)];
        string[] spaces = [.. NetworkNamespace.ListNamed().Where(name => name.StartsWith(Instance.NamespacePrefix, StringComparison.Ordinal))];
        Route.Dispose();
        Namespace.Dispose();
        foreach (TestSpace space in _spaces)
            space.Dispose();
        foreach (string name in _namespaces)
            NetworkNamespace.Delete(name);
        Assert.Empty(links);
        Assert.Empty(spaces);
        Assert.False(Directory.Exists(Path.Combine(BpfFileSystem, Name)), "pins are left");
        Assert.Empty(Settings.All());
        Assert.Equal(_descriptors, Descriptors());
    }

    /// <summary>What this process holds open of the kinds a data plane opens. The socket engine's own are none of them.</summary>
    private static List<string> Descriptors()
        => [.. Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Select(path => new FileInfo(path).LinkTarget ?? "")
            .Where(target => target.Contains("bpf", StringComparison.Ordinal) || target.StartsWith("net:", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private static AddressFlags FlagsOf(string address) => address.Contains(':') ? AddressFlags.NoDad : AddressFlags.None;

    private static void RemoveAbandoned()
    {
        foreach (string name in NetworkNamespace.ListNamed().Where(IsAbandoned))
            NetworkNamespace.Delete(name);
        if (!Directory.Exists(BpfFileSystem))
            return;
        foreach (string path in Directory.EnumerateDirectories(BpfFileSystem).Where(path => IsAbandoned(Path.GetFileName(path))))
            Directory.Delete(path, recursive: true);
    }

    private static bool IsAbandoned(string name)
        => name.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(name[Prefix.Length..].Split('n')[0], out int pid)
            && !Directory.Exists($"/proc/{pid}");
}
