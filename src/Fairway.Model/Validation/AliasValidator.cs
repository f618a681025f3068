using System.Collections.Immutable;
using Fairway.Model.Names;

namespace Fairway.Model.Validation;

/// <summary>Further names under which an endpoint resolves.</summary>
internal static class AliasValidator
{
    private const int MaximumAliases = 32;

    public static void Validate(ImmutableArray<string> aliases, FindingCollector findings)
    {
        if (aliases.Length > MaximumAliases) findings.At("Aliases").Add($"{aliases.Length} aliases are too many; give at most {MaximumAliases}");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < aliases.Length; i++)
        {
            findings.At("Aliases", i).AddIf(ResourceName.Check(aliases[i]));
            if (!seen.Add(aliases[i])) findings.At("Aliases", i).Add($"the alias '{ResourceName.Printable(aliases[i])}' is given twice; names are compared without regard to case");
        }
    }
}
