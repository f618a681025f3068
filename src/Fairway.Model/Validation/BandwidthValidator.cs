using Fairway.Model.Endpoints;

namespace Fairway.Model.Validation;

/// <summary>Limits that the kernel's token bucket can keep.</summary>
public static class BandwidthValidator
{
    /// <summary>Bits a second: one packet of usual size in twelve seconds.</summary>
    public const long LowestRate = 1_000;
    /// <summary>Bits a second.</summary>
    public const long HighestRate = 10_000_000_000_000;
    /// <summary>Bits; the kernel counts bytes in 32 bits.</summary>
    public const long HighestBurst = 8L * uint.MaxValue / 2;

    internal static void Validate(BandwidthLimits? limits, FindingCollector findings)
    {
        if (limits is null) return;
        Validate("Incoming", limits.IncomingRate, limits.IncomingBurst, findings);
        Validate("Outgoing", limits.OutgoingRate, limits.OutgoingBurst, findings);
    }

    private static void Validate(string direction, long? rate, long? burst, FindingCollector findings)
    {
        if (rate is < LowestRate or > HighestRate)
            findings.At($"{direction}Rate").Add($"{rate} bits a second are out of range; use {LowestRate} to {HighestRate}");
        if (burst is < 0 or > HighestBurst)
            findings.At($"{direction}Burst").Add($"a burst of {burst} bits is out of range; use up to {HighestBurst}");
        if (burst is not null && rate is null)
            findings.At($"{direction}Burst").Add($"a burst means nothing without a rate; give {direction}Rate too");
    }
}
