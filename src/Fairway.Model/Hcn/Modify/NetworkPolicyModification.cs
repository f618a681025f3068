using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Translation;
using Fairway.Model.Networks;

namespace Fairway.Model.Hcn.Modify;

/// <summary>A change of policies of a network that its spec has: those of overlays, and OutBoundNAT.</summary>
/// <param name="request">Add, Remove, Update or Reset; Update replaces all of a kind of which one is given.</param>
/// <param name="policies">All policies given.</param>
/// <param name="overlay">Those of overlays.</param>
/// <param name="translations">OutBoundNAT.</param>
internal sealed class NetworkPolicyModification(ModifyRequestType request, IReadOnlyList<NetworkPolicy> policies, OverlayModification overlay, ImmutableArray<OutboundNat> translations) : INetworkChange
{
    private readonly PathMap _paths = new();

    public NetworkSpec For(NetworkSpec present)
    {
        var next = request == ModifyRequestType.Add ? present.OutboundNat.Length : 0;
        for (var i = 0; i < policies.Count; i++)
            if (policies[i].Type == NetworkPolicyType.OutBoundNAT) OutboundNatPolicies.Origins(_paths, next++, i, "$.Settings");
        var translated = present with { OutboundNat = Translations(present) };
        return overlay.IsEmpty ? translated : translated with { Overlay = overlay.For(present.Name, present.Traits.IsEncapsulated ? present.Overlay ?? OverlaySpec.Default : null) };
    }

    public FairwayException Explain(FairwayException problem) => _paths.Explain(problem);

    private ImmutableArray<OutboundNat> Translations(NetworkSpec present) => request switch
    {
        ModifyRequestType.Reset => [],
        ModifyRequestType.Add => [.. present.OutboundNat, .. translations],
        ModifyRequestType.Remove when translations.Any(given => !present.OutboundNat.Contains(given)) => throw new FairwayException(ErrorKind.NotFound, $"network '{present.Name}'",
            $"modify network '{present.Name}': it has no such policy OutBoundNAT; give it as the network shows it", HcnErrorCode.PolicyNotFound),
        ModifyRequestType.Remove => [.. present.OutboundNat.Except(translations)],
        _ => translations is [] ? present.OutboundNat : translations,
    };
}
