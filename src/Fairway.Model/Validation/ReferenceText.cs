using Fairway.Model.Names;

namespace Fairway.Model.Validation;

/// <summary>References to resources: a name, an id or the beginning of one; an endpoint's may be <c>network/name</c>, a namespace's a path.</summary>
internal static class ReferenceText
{
    private const int MaximumLength = 255;

    /// <summary>Says what is wrong with a reference; null when nothing is. Whether it leads anywhere is not asked.</summary>
    public static string? Check(string kind, string? reference)
    {
        if (string.IsNullOrWhiteSpace(reference)) return $"the {kind} is empty; give its name or id";
        if (reference.Length > MaximumLength) return $"the {kind} '{ResourceName.Printable(reference[..16])}...' has {reference.Length} characters; give its name or id";
        return reference.Any(char.IsControl) ? $"the {kind} '{ResourceName.Printable(reference)}' contains control characters; give its name or id" : null;
    }
}
