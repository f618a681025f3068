using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Cli.Tests.Fixtures;

/// <summary>A namespace of one test, with loopback up. What a killed run left behind goes when the next one starts.</summary>
internal sealed class TestNamespace : IDisposable
{
    private const string Prefix = "fwcli-";
    private static int s_next;

    static TestNamespace()
    {
        foreach (var name in NetworkNamespace.ListNamed().Where(IsAbandoned))
            NetworkNamespace.Delete(name);
    }

    public TestNamespace()
    {
        Name = $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref s_next)}";
        Namespace = NetworkNamespace.Create(Name);
        Namespace.SetLoopbackUp();
    }

    public string Name { get; }

    public string Path => NetworkNamespace.PathOf(Name);

    public NetworkNamespace Namespace { get; }

    /// <summary>Its name in /proc: <c>net:[4026532000]</c>.</summary>
    public string Link => $"net:[{Namespace.Inode}]";

    /// <summary>Two ends of a cable, both inside, so that a packet sent to one is received by the other.</summary>
    public void AddCable(string one, string other)
    {
        using var route = RouteNetlink.Open(Namespace);
        route.CreateLink(new VethSpec { Name = one, Peer = new VethPeerSpec { Name = other } });
        route.SetLink(one, new LinkChange { Up = true });
        route.SetLink(other, new LinkChange { Up = true });
    }

    public void Dispose()
    {
        Namespace.Dispose();
        NetworkNamespace.Delete(Name);
    }

    private static bool IsAbandoned(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(name[Prefix.Length..].Split('-')[0], out var pid) && !Directory.Exists($"/proc/{pid}");
}
