using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Translation;

/// <summary>Which version an answer says it is of.</summary>
internal static class SchemaVersions
{
    /// <summary>The version asked for, else the one the document came with, else 2.0.</summary>
    public static SchemaVersion Answer(SchemaVersion? asked, SchemaVersion? received) =>
        asked is { Major: 2 } ? asked : received is { Major: 2 } ? received : new SchemaVersion { Major = 2, Minor = 0 };
}
