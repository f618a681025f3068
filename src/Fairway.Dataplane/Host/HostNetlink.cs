using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Host;

/// <summary>The namespace that is the host, and the sockets kept open in it.</summary>
internal sealed class HostNetlink : IDisposable
{
    private readonly bool _ownsNamespace;

    private HostNetlink(NetworkNamespace host, bool ownsNamespace)
    {
        Namespace = host;
        _ownsNamespace = ownsNamespace;
        Changes = RouteNetlink.Open(host);
        Queries = RouteNetlink.Open(host);
        Deletions = RouteNetlink.Open(host);
        Cookie = Changes.NamespaceCookie;
    }

    public NetworkNamespace Namespace { get; }

    /// <summary>For changes and for looking up single links.</summary>
    public RouteNetlink Changes { get; }

    /// <summary>For whole tables: reading a thousand links must not keep a change waiting.</summary>
    public RouteNetlink Queries { get; }

    /// <summary>For deleting links, which takes 20 ms.</summary>
    public RouteNetlink Deletions { get; }

    /// <summary>
    /// Held while a link of ours has no mark yet, and by who tells links by their marks: a tap, unlike a veth, cannot be born in a group.
    /// </summary>
    public Lock Births { get; } = new();

    /// <summary>SO_NETNS_COOKIE of the host.</summary>
    public ulong Cookie { get; }

    public static HostNetlink Open(NetworkNamespace? host)
        => host is null ? new HostNetlink(NetworkNamespace.OpenCurrent(), ownsNamespace: true) : new HostNetlink(host, ownsNamespace: false);

    public void Dispose()
    {
        Changes.Dispose();
        Queries.Dispose();
        Deletions.Dispose();
        if (_ownsNamespace)
            Namespace.Dispose();
    }
}
