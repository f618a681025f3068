namespace Fairway.Cli.Output.Documents;

/// <summary>A namespace, as <c>--output json</c> shows it.</summary>
internal sealed record NamespaceDocument
{
    public required Guid Id { get; init; }
    public required string? Name { get; init; }
    public required string? Path { get; init; }
    /// <summary>Whether Fairway made it and deletes it with the resource.</summary>
    public required bool Owned { get; init; }
    /// <summary>Whether it is the inside of a virtual machine.</summary>
    public required bool Guest { get; init; }
    /// <summary>Its endpoints, as <c>NETWORK/NAME</c>.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }
    public required long Revision { get; init; }
}
