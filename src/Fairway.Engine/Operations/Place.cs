using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Errors;

namespace Fairway.Engine.Operations;

/// <summary>A namespace that was there when we looked.</summary>
/// <param name="Path">Where.</param>
/// <param name="Cookie">Which one it was.</param>
/// <param name="Known">The resource, or null for one that becomes known with its first endpoint, and is forgotten with its last.</param>
internal sealed record Place(string Path, ulong Cookie, Guid? Known)
{
    /// <summary>Whether it is the inside of a virtual machine.</summary>
    public bool IsGuest { get; init; }

    /// <summary>The resource, entered when it was not known.</summary>
    /// <exception cref="FairwayException">NotFound: it was deleted since we looked.</exception>
    public Guid Enter(StoreTransaction transaction)
    {
        if (Known is not { } id)
            return NamespaceAdmission.Adopt(transaction, Path, Cookie);
        return transaction.State.Namespaces.TryGetValue(id, out NamespaceScope? scope) && scope.Namespace.Spec.Cookie == Cookie
            ? id
            : throw new FairwayException(ErrorKind.NotFound, $"namespace '{Path}'", $"namespace '{Path}' has just been deleted; attach to one that exists", HcnErrorCode.NamespaceAttachFailed);
    }
}
