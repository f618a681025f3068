namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private readonly Dictionary<string, FakeNamespace> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private ulong _lastCookie = 4096;

    public string Create(string name) => Do(FakeOperation.NamespaceCreate, () =>
    {
        var path = $"/run/netns/{name}";
        _namespaces.TryAdd(path, FakeNamespace.Empty(++_lastCookie));
        return path;
    });

    public void Delete(string path) => Do(FakeOperation.NamespaceDelete, () => Destroy(path));

    public ulong? Identify(string path) => Do(FakeOperation.NamespaceIdentify, () => _namespaces.TryGetValue(_links.GetValueOrDefault(path, path), out var place) ? place.Cookie : (ulong?)null);

    /// <summary>A namespace made by somebody else, e.g. a container engine.</summary>
    /// <returns>The path.</returns>
    public string AddNamespace(string path)
    {
        lock (_gate)
            return AddNamespace(path, ++_lastCookie);
    }

    /// <summary>A namespace made by somebody else, with a cookie of choice.</summary>
    public string AddNamespace(string path, ulong cookie)
    {
        lock (_gate)
            _namespaces.Add(path, FakeNamespace.Empty(cookie));
        return path;
    }

    /// <summary>A second path to a namespace.</summary>
    public void AddNamespaceLink(string path, string target)
    {
        lock (_gate)
            _links[path] = target;
    }

    /// <summary>The last process of a namespace ends: its interfaces go with it.</summary>
    public void EndNamespace(string path)
    {
        lock (_gate)
        {
            Destroy(path);
            Touch();
        }
    }

    /// <summary>An interface somebody else put into a namespace.</summary>
    public void AddForeignInterface(string path, string name)
    {
        lock (_gate)
            _namespaces[path] = _namespaces[path] with { Interfaces = _namespaces[path].Interfaces.Add(name, null) };
    }

    /// <summary>Somebody deletes an endpoint's link.</summary>
    public void DeleteLink(Guid endpoint)
    {
        lock (_gate)
        {
            _handedOver.Remove(endpoint);
            if (_made.GetValueOrDefault(endpoint) is { VirtualNic: not null, HostLink: var tap })
                _taps.Remove(tap);
            if (_made.TryGetValue(endpoint, out var plan) && _namespaces.TryGetValue(plan.NetnsPath, out var place))
                _namespaces[plan.NetnsPath] = place with { Interfaces = place.Interfaces.Remove(plan.InterfaceName) };
            Touch();
        }
    }

    /// <summary>Somebody deletes a network's host vNIC.</summary>
    public void DeleteNetworkLink(Guid network)
    {
        lock (_gate)
        {
            _networks.Remove(network);
            Touch();
        }
    }

    /// <summary>The names of the interfaces in a namespace.</summary>
    public IReadOnlyList<string> InterfacesIn(string path)
    {
        lock (_gate)
            return _namespaces.TryGetValue(path, out var place) ? [.. place.Interfaces.Keys] : [];
    }

    /// <summary>The cookie of a namespace, or null; unlike <see cref="Identify"/> no operation.</summary>
    public ulong? CookieOf(string path)
    {
        lock (_gate)
            return _namespaces.GetValueOrDefault(path)?.Cookie;
    }

    /// <summary>Paths of all namespaces.</summary>
    public IReadOnlyList<string> NamespacePaths
    {
        get
        {
            lock (_gate)
                return [.. _namespaces.Keys.Order(StringComparer.Ordinal)];
        }
    }

    // The port stays open: the switch's maps know nothing of links.
    private void Destroy(string path) => _namespaces.Remove(path);
}
