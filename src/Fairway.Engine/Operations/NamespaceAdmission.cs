using Fairway.Engine.Ipam;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Errors;
using Fairway.Model.Namespaces;

namespace Fairway.Engine.Operations;

/// <summary>Lets namespaces in, and endpoints into namespaces.</summary>
internal static class NamespaceAdmission
{
    /// <summary>Enters a namespace under a name.</summary>
    /// <param name="transaction">The write.</param>
    /// <param name="spec">A valid spec with an id and a name.</param>
    /// <exception cref="FairwayException">Something is in its way.</exception>
    public static NamespaceSpec Create(StoreTransaction transaction, NamespaceSpec spec)
    {
        var state = transaction.State;
        if (state.NamespaceNames.TryGetValue(spec.Name!, out var named) && named != spec.Id)
        {
            throw Refusal.At("$.Name", ErrorKind.AlreadyExists, $"namespace '{spec.Name}'",
                $"namespace '{spec.Name}' exists already; choose another name, or delete it first");
        }
        if (state.Namespaces.TryGetValue(spec.Id, out var same) && !same.IsImplicit)
        {
            throw Refusal.At("$.Id", ErrorKind.AlreadyExists, $"namespace '{spec.Name}'",
                $"id {spec.Id:D} is namespace '{same.Namespace.Spec.Name}' already; choose another id, or none");
        }
        if (spec.Cookie != 0 && state.NamespaceCookies.TryGetValue(spec.Cookie, out var known) && known != spec.Id)
        {
            throw Refusal.At("$.Path", ErrorKind.AlreadyExists, $"namespace '{spec.Path}'",
                $"the namespace at '{spec.Path}' is known as '{state.Namespaces[known].Namespace.Spec.Name ?? known.ToString("D")}' already; use that one");
        }
        spec = spec with { CompartmentId = Compartment(transaction, spec, same) };
        transaction.Put(spec);
        return spec;
    }

    /// <summary>The namespace behind a path: the known one with this cookie, else a new one without a name that goes with its last endpoint.</summary>
    public static Guid Adopt(StoreTransaction transaction, string path, ulong cookie)
    {
        if (transaction.State.NamespaceCookies.TryGetValue(cookie, out var known))
            return known;
        var spec = new NamespaceSpec { Id = Guid.NewGuid(), Path = path, Cookie = cookie, CompartmentId = transaction.TakeNumber(NumberKind.Compartment) };
        transaction.Put(spec);
        return spec.Id;
    }

    /// <summary>Refuses an endpoint whose interface name is taken by another one of ours; the kernel knows about all others.</summary>
    /// <exception cref="FairwayException">NotFound, or Conflict naming the owner.</exception>
    public static void CheckRoom(HostState state, Guid compartment, string interfaceName)
    {
        if (!state.Namespaces.TryGetValue(compartment, out var scope))
        {
            throw Refusal.At("$.NamespaceId", ErrorKind.NotFound, $"namespace '{compartment:D}'",
                $"namespace '{compartment:D}' does not exist; create it first", HcnErrorCode.NamespaceAttachFailed);
        }
        if (!scope.Interfaces.TryGetValue(interfaceName, out var owner))
            return;
        throw Refusal.At("$.InterfaceName", ErrorKind.Conflict, $"interface '{interfaceName}'",
            $"interface '{interfaceName}' in namespace '{Text(scope.Namespace.Spec)}' is endpoint '{References.FullName(state, state.Endpoints[owner])}'; choose another interface name");
    }

    /// <summary>Forgets a namespace nobody named once nothing is attached to it.</summary>
    public static void ForgetIfEmpty(StoreTransaction transaction, Guid? compartment)
    {
        if (compartment is { } id && transaction.State.Namespaces[id] is { IsImplicit: true, Interfaces.IsEmpty: true } scope)
            transaction.Delete(scope.Namespace.Spec);
    }

    /// <summary>What a namespace is called in messages.</summary>
    public static string Text(NamespaceSpec spec) => spec.Name ?? spec.Path ?? spec.Id.ToString("D");

    private static uint Compartment(StoreTransaction transaction, NamespaceSpec spec, NamespaceScope? same)
    {
        if (same is not null)
            return same.Namespace.Spec.CompartmentId;
        if (spec.CompartmentId == 0)
            return transaction.TakeNumber(NumberKind.Compartment);
        if (!transaction.State.CompartmentNumbers.Used.Contains(spec.CompartmentId))
            return spec.CompartmentId;
        throw Refusal.At("$.CompartmentId", ErrorKind.AlreadyExists, $"namespace '{spec.Name}'",
            $"compartment {spec.CompartmentId} is another namespace's; choose another number, or none");
    }
}
