namespace Fairway.Linux.Routing;

/// <summary>Which links to list; what is null does not restrict.</summary>
public sealed record LinkFilter
{
    /// <summary>Kind: <c>veth</c>, <c>bridge</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Index of the master they are ports of.</summary>
    public int? Master { get; init; }

    /// <summary>Link group.</summary>
    public uint? Group { get; init; }

    internal bool Accepts(Link link)
        => (Kind is null || link.Kind == Kind) && (Master is null || link.Master == Master) && (Group is null || link.Group == Group);
}
