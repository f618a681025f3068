using Fairway.Model.Endpoints;
using Fairway.Model.Names;

namespace Fairway.Model.Validation;

/// <summary>Who an engine says it is, and for what. Engine and id are the key that makes attaching idempotent.</summary>
internal static class OwnerValidator
{
    private const int MaximumTextLength = 255;
    private const int MaximumLabels = 256;
    private const int MaximumLabelLength = 4096;

    public static void Validate(Owner owner, FindingCollector findings)
    {
        findings.At("Engine").AddIf(ResourceName.Check(owner.Engine));
        if (string.IsNullOrEmpty(owner.Id)) findings.At("Id").Add("the owner's id is empty; give the engine's own id of the workload");
        else findings.At("Id").AddIf(CheckText("id", owner.Id));
        if (owner.Name is { } name) findings.At("Name").AddIf(CheckText("name", name));
        if (owner.Image is { } image) findings.At("Image").AddIf(CheckText("image", image));
        if (owner.Labels is not { } labels) return;
        if (labels.Count > MaximumLabels) findings.At("Labels").Add($"{labels.Count} labels are too many; give at most {MaximumLabels}");
        foreach (var (key, value) in labels)
            if (key.Length is 0 or > MaximumTextLength || (value?.Length ?? int.MaxValue) > MaximumLabelLength)
                findings.At("Labels").Add($"the label '{ResourceName.Printable(key.Length > 32 ? key[..32] : key)}' is out of size; "
                    + $"keys have 1 to {MaximumTextLength} characters, values at most {MaximumLabelLength}");
    }

    private static string? CheckText(string what, string text)
    {
        if (text.Length > MaximumTextLength) return $"the owner's {what} has {text.Length} characters; use at most {MaximumTextLength}";
        return text.Any(char.IsControl) ? $"the owner's {what} '{ResourceName.Printable(text)}' contains control characters; leave them out" : null;
    }
}
