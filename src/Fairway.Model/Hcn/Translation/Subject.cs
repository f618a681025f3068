using Fairway.Model.Names;

namespace Fairway.Model.Hcn.Translation;

/// <summary>How messages name the object of a document, whose name may be anything.</summary>
internal static class Subject
{
    public static string Of(string kind, string? name) => name is null or "" ? kind : $"{kind} '{ResourceName.Printable(name.Length > 64 ? $"{name[..64]}..." : name)}'";
}
