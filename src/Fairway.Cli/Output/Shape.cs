namespace Fairway.Cli.Output;

/// <summary>The one shape of <c>--output json</c>.</summary>
/// <param name="Version">Grows when a field changes its meaning or goes; new fields do not count.</param>
/// <param name="Kind">What the items are: <c>Network</c>, <c>Endpoint</c>, <c>Error</c>, ...</param>
/// <param name="Items">What was listed, shown, created or deleted; one or none is a list as well.</param>
internal sealed record Shape<T>(int Version, string Kind, IReadOnlyList<T> Items)
{
    public Shape(string kind, IReadOnlyList<T> items)
        : this(1, kind, items)
    {
    }
}
