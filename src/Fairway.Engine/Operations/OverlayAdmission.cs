using Fairway.Engine.State;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Engine.Operations;

/// <summary>Lets an overlay network in when its virtual subnets are nobody else's: what comes in says no more than the id and the port.</summary>
internal static class OverlayAdmission
{
    /// <exception cref="FairwayException">Conflict: another network has a virtual subnet of it.</exception>
    public static void Check(HostState state, NetworkSpec spec)
    {
        if (!spec.Traits.IsEncapsulated)
            return;
        foreach (var other in state.Networks.Values.Select(scope => scope.Network.Spec).Where(other => other.Id != spec.Id && other.Traits.IsEncapsulated && PortOf(other) == PortOf(spec)))
        {
            for (var i = 0; i < spec.Subnets.Length; i++)
            {
                var id = spec.Subnets[i].VirtualSubnet;
                if (other.Subnets.Any(subnet => subnet.VirtualSubnet == id))
                    throw Refusal.At($"$.Subnets[{i}].VirtualSubnet", ErrorKind.Conflict, $"virtual subnet {id}",
                        $"virtual subnet {id} on UDP port {PortOf(spec)} is network '{other.Name}' already; choose another id, or another port", HcnErrorCode.PolicyAlreadyExists);
            }
        }
    }

    private static ushort PortOf(NetworkSpec spec) => (spec.Overlay ?? OverlaySpec.Default).UdpPort;
}
