using Fairway.Model.Changes;
using Fairway.Model.Namespaces;

namespace Fairway.Engine.Store;

internal sealed partial class StoreTransaction
{
    /// <summary>Enters or replaces a namespace.</summary>
    public void Put(NamespaceSpec spec)
    {
        var known = State.Namespaces.TryGetValue(spec.Id, out var scope);
        State = State.With(spec, Revision);
        _rows.Add(writer => writer.Namespaces.Put(spec, Revision));
        Tell(ResourceKind.Namespace, known ? ChangeKind.Modified : ChangeKind.Created, spec.Id, spec.Name);
        if (!known)
            return;
        foreach (var endpoint in scope!.Namespace.Endpoints)
        {
            Delta.Endpoints.Add(endpoint);
            TouchPublications(endpoint);
        }
    }

    public void Delete(NamespaceSpec spec)
    {
        State = State.WithoutNamespace(spec.Id);
        _rows.Add(writer => writer.Namespaces.Delete(spec.Id));
        Tell(ResourceKind.Namespace, ChangeKind.Deleted, spec.Id, spec.Name);
    }
}
