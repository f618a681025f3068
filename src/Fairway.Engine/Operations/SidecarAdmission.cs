using Fairway.Engine.State;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Engine.Operations;

/// <summary>A namespace has one sidecar: when a process connects, nobody knows yet which endpoint the connection will leave by.</summary>
internal static class SidecarAdmission
{
    /// <summary>Refuses a sidecar where there is another one.</summary>
    /// <exception cref="FairwayException">AlreadyExists, naming the endpoint that has it.</exception>
    public static void Check(HostState state, EndpointSpec spec)
    {
        if (spec.Sidecar is null || spec.NamespaceId is not { } compartment || !state.Namespaces.TryGetValue(compartment, out var scope))
            return;
        foreach (var id in scope.Interfaces.Values)
        {
            if (id != spec.Id && state.Endpoints[id] is { Spec.Sidecar: not null } other)
            {
                throw Refusal.At("$.Sidecar", ErrorKind.AlreadyExists, $"namespace '{NamespaceAdmission.Text(scope.Namespace.Spec)}'",
                    $"namespace '{NamespaceAdmission.Text(scope.Namespace.Spec)}' has a sidecar by endpoint '{References.FullName(state, other)}' already; take the policy from that endpoint first", HcnErrorCode.PolicyAlreadyExists);
            }
        }
    }
}
