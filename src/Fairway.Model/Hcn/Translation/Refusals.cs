using System.Numerics;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>What a document may ask for and this release does not do is refused in words, never ignored.</summary>
internal static class Refusals
{
    /// <summary>Refuses the flags that are not honoured, each by its name and with a reason where there is a better one.</summary>
    public static void Flags<TFlags>(TFlags? given, TFlags honoured, FindingCollector findings, Func<TFlags, string?>? reason = null)
        where TFlags : struct, Enum
    {
        var refused = Convert.ToUInt32(given ?? default(TFlags)) & ~Convert.ToUInt32(honoured);
        for (; refused != 0; refused &= refused - 1)
        {
            var bit = 1u << BitOperations.TrailingZeroCount(refused);
            var flag = (TFlags)Enum.ToObject(typeof(TFlags), bit);
            var name = Enum.IsDefined(flag) ? $"{flag} ({bit})" : $"{bit}";
            findings.Add($"flag {name} {reason?.Invoke(flag) ?? "is not honoured by this release; leave it out"}", HcnErrorCode.RequestUnsupported);
        }
    }

    /// <summary>Refuses a policy by its type.</summary>
    public static void Policy<TType>(TType? type, string holder, string honoured, FindingCollector findings)
        where TType : struct, Enum => findings.At("Type").Add(type is null
            ? $"the policy has no type; {holder} have {honoured}"
            : $"policies of type {type} are not honoured by this release; {holder} have {honoured}", HcnErrorCode.InvalidPolicyType);

    /// <summary>Refuses schema versions these records do not describe. Zero, Go's way of not giving one, is fine.</summary>
    public static void SchemaVersion(SchemaVersion? version, FindingCollector findings)
    {
        if (version?.Major is { } major and not (0 or 2))
            findings.At("SchemaVersion").Add($"schema version {major}.{version.Minor ?? 0} is not known; use 2.0 to 2.16", HcnErrorCode.RequestUnsupported);
    }

    /// <summary>True for a default route; hcsshim's own tests have written it without a length.</summary>
    public static bool IsDefault(HcnRoute route) => route.DestinationPrefix is "0.0.0.0/0" or "::/0" or "0.0.0.0" or "::";

    /// <summary>Refuses a metric of a default route.</summary>
    public static void Metric(HcnRoute route, FindingCollector findings)
    {
        if (route.Metric is { } metric and not 0)
            findings.At("Metric").Add($"metric {metric} is not honoured by this release; leave it out", HcnErrorCode.RequestUnsupported);
    }
}
