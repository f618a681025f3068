using Fairway.Engine.State;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Engine.Operations;

/// <summary>A namespace has one sidecar, or one proxy elsewhere: when a process connects, nobody knows yet which endpoint the connection will leave by.</summary>
internal static class SidecarAdmission
{
    /// <summary>Refuses one where there is another.</summary>
    /// <exception cref="FairwayException">AlreadyExists, naming the endpoint that has it.</exception>
    public static void Check(HostState state, EndpointSpec spec)
    {
        if (spec is { Sidecar: null, Proxy: null } || spec.NamespaceId is not { } compartment || !state.Namespaces.TryGetValue(compartment, out var scope))
            return;
        foreach (var id in scope.Interfaces.Values)
        {
            if (id != spec.Id && state.Endpoints[id] is var other && other.Spec is not { Sidecar: null, Proxy: null })
            {
                throw Refusal.At(spec.Sidecar is null ? "$.Proxy" : "$.Sidecar", ErrorKind.AlreadyExists, $"namespace '{NamespaceAdmission.Text(scope.Namespace.Spec)}'",
                    $"namespace '{NamespaceAdmission.Text(scope.Namespace.Spec)}' has a proxy by endpoint '{References.FullName(state, other)}' already; take the policy from that endpoint first", HcnErrorCode.PolicyAlreadyExists);
            }
        }
    }
}
