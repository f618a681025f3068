using System.Collections.Immutable;
using Fairway.Model.Namespaces;

namespace Fairway.Engine.State;

/// <summary>A namespace and the interfaces in it.</summary>
internal sealed record NamespaceScope
{
    /// <summary>The namespace, with the ids of its endpoints.</summary>
    public required NetworkNamespace Namespace { get; init; }

    /// <summary>Attached endpoints by interface name.</summary>
    public ImmutableDictionary<string, Guid> Interfaces { get; init; } = ImmutableDictionary.Create<string, Guid>(StringComparer.Ordinal);

    /// <summary>Known only because something was attached to its path; it goes with its last endpoint.</summary>
    public bool IsImplicit => Namespace.Spec.Name is null;

    public NamespaceScope With(string interfaceName, Guid endpoint) => this with
    {
        Namespace = Namespace with { Endpoints = Namespace.Endpoints.Add(endpoint) },
        Interfaces = Interfaces.SetItem(interfaceName, endpoint),
    };

    public NamespaceScope Without(string interfaceName, Guid endpoint) => this with
    {
        Namespace = Namespace with { Endpoints = Namespace.Endpoints.Remove(endpoint) },
        Interfaces = Interfaces.Remove(interfaceName),
    };
}
