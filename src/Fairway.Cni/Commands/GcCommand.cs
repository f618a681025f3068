using Fairway.Client.Direct;
using Fairway.Cni.Configuration;
using Fairway.Model.Attach;
using Fairway.Model.Errors;

namespace Fairway.Cni.Commands;

/// <summary>GC: takes away what this configuration list made and the runtime does not have any more.</summary>
internal static class GcCommand
{
    public static void Run(NetworkConfiguration configuration, DirectClient client)
    {
        var valid = configuration.ValidAttachments ?? [];
        FairwayException? failure = null;
        foreach (var endpoint in client.ListEndpoints())
        {
            if (endpoint.Spec.Owner is not { Engine: Workload.Engine } owner || owner.Labels?.GetValueOrDefault(Workload.ListLabel) != configuration.Name)
                continue;
            if (valid.Contains((owner.Id, endpoint.Spec.InterfaceName)))
                continue;
            try
            {
                client.Detach(new DetachRequest(owner, endpoint.Spec.InterfaceName, endpoint.Spec.NetworkId.ToString()));
            }
            catch (FairwayException e)
            {
                // The others go all the same.
                failure ??= e;
            }
        }
        if (failure is not null)
            throw failure;
    }
}
