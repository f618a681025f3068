namespace Fairway.Netavark.Documents;

/// <summary>The name among other members.</summary>
internal sealed record NamedDocument
{
    public required string Name { get; init; }
}
