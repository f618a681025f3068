using System.Collections.Immutable;
using Fairway.Model.Collections;

namespace Fairway.Model.Namespaces;

/// <summary>A stored namespace and the endpoints in it.</summary>
/// <param name="Spec">The completed spec.</param>
/// <param name="Endpoints">Ids of attached endpoints.</param>
/// <param name="Revision">Store revision of the last change.</param>
public sealed record NetworkNamespace(NamespaceSpec Spec, ImmutableArray<Guid> Endpoints, long Revision)
{
    /// <summary>Ids of attached endpoints.</summary>
    public ImmutableArray<Guid> Endpoints { get; init => field = value.OrEmpty(); } = Endpoints.OrEmpty();
}
