using Fairway.Model.Namespaces;

namespace Fairway.Engine.State;

internal sealed partial record HostState
{
    /// <summary>Enters a namespace, or replaces its spec; its endpoints enter themselves.</summary>
    public HostState With(NamespaceSpec spec, long revision)
    {
        var state = Namespaces.TryGetValue(spec.Id, out var old) ? Unindexed(old.Namespace.Spec) : this;
        var scope = old is null
            ? new NamespaceScope { Namespace = new NetworkNamespace(spec, [], revision) }
            : old with { Namespace = old.Namespace with { Spec = spec, Revision = revision } };
        return state with
        {
            Namespaces = state.Namespaces.SetItem(spec.Id, scope),
            NamespaceNames = spec.Name is { } name ? state.NamespaceNames.SetItem(name, spec.Id) : state.NamespaceNames,
            NamespacePaths = spec.Path is { } path ? state.NamespacePaths.SetItem(path, spec.Id) : state.NamespacePaths,
            NamespaceCookies = spec.Cookie != 0 ? state.NamespaceCookies.SetItem(spec.Cookie, spec.Id) : state.NamespaceCookies,
            CompartmentNumbers = state.CompartmentNumbers.Restore(spec.CompartmentId),
        };
    }

    public HostState WithoutNamespace(Guid id) =>
        Unindexed(Namespaces[id].Namespace.Spec) with { Namespaces = Namespaces.Remove(id) };

    private HostState Unindexed(NamespaceSpec spec) => this with
    {
        NamespaceNames = spec.Name is { } name ? NamespaceNames.Remove(name) : NamespaceNames,
        NamespacePaths = spec.Path is { } path && NamespacePaths.GetValueOrDefault(path) == spec.Id ? NamespacePaths.Remove(path) : NamespacePaths,
        NamespaceCookies = spec.Cookie != 0 ? NamespaceCookies.Remove(spec.Cookie) : NamespaceCookies,
        CompartmentNumbers = CompartmentNumbers.Free(spec.CompartmentId),
    };
}
