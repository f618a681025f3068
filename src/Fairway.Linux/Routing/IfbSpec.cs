namespace Fairway.Linux.Routing;

/// <summary>An intermediate functional block: a link that comes up without a lower device.</summary>
public sealed record IfbSpec : LinkSpec
{
    /// <inheritdoc/>
    public override string Kind => "ifb";
}
