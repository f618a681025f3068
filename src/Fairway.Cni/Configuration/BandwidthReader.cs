using Fairway.Model.Endpoints;
using Fairway.Model.Validation;

namespace Fairway.Cni.Configuration;

/// <summary>
/// <c>{"ingressRate": 1000000, "ingressBurst": 80000, "egressRate": ..., "egressBurst": ...}</c>, in bits a second and bits; ingress is towards the container. 0 is no
/// limit, as in the plugin of that name.
/// </summary>
internal static class BandwidthReader
{
    public static BandwidthLimits? Read(Node value)
    {
        var limits = new BandwidthLimits();
        foreach (var (key, member) in value.Members("ingressRate", "ingressBurst", "egressRate", "egressBurst"))
        {
            limits = key switch
            {
                "ingressRate" => limits with { IncomingRate = Rate(member) },
                "ingressBurst" => limits with { IncomingBurst = Burst(member) },
                "egressRate" => limits with { OutgoingRate = Rate(member) },
                "egressBurst" => limits with { OutgoingBurst = Burst(member) },
                _ => throw member.Unsupported("use ingressRate, ingressBurst, egressRate and egressBurst"),
            };
        }
        if (limits is { IncomingRate: null, IncomingBurst: not null })
            throw value.Wrong("'ingressBurst' means nothing without 'ingressRate'");
        if (limits is { OutgoingRate: null, OutgoingBurst: not null })
            throw value.Wrong("'egressBurst' means nothing without 'egressRate'");
        return limits == new BandwidthLimits() ? null : limits;
    }

    private static long? Rate(Node value) => value.Long(0, BandwidthValidator.HighestRate) switch
    {
        0 => null,
        < BandwidthValidator.LowestRate => throw value.Wrong($"fewer than {BandwidthValidator.LowestRate} bits a second are no use; rates are in bits, not in bytes or kilobits"),
        var rate => rate,
    };

    private static long? Burst(Node value) => value.Long(0, BandwidthValidator.HighestBurst) is var burst and not 0 ? burst : null;
}
