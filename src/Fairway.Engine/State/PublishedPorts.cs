using System.Collections.Immutable;
using Fairway.Model.Ports;

namespace Fairway.Engine.State;

/// <summary>
/// Who claims which host port, as an immutable table of 256 pages of 256 ports for each protocol: a look-up is two array reads, and
/// claiming a port copies two pages of references, however many ports are published.
/// </summary>
internal sealed class PublishedPorts
{
    private const int PageSize = 256;

    private readonly ImmutableArray<NumberedPublication>[]?[] _tcp;
    private readonly ImmutableArray<NumberedPublication>[]?[] _udp;

    private PublishedPorts(ImmutableArray<NumberedPublication>[]?[] tcp, ImmutableArray<NumberedPublication>[]?[] udp)
    {
        _tcp = tcp;
        _udp = udp;
    }

    public static PublishedPorts Empty { get; } =
        new(new ImmutableArray<NumberedPublication>[]?[PageSize], new ImmutableArray<NumberedPublication>[]?[PageSize]);

    /// <summary>The publication in the way of another one, or null. Lowest port first.</summary>
    public NumberedPublication? Collision(PortPublication asked) =>
        Enumerable.Range(asked.HostPort, asked.Count)
            .Select(port => At(asked.Protocol, port).FirstOrDefault(claim => claim.Publication.Overlaps(asked)))
            .FirstOrDefault(claim => claim is not null);

    /// <summary>The exact publication with these ports, or null.</summary>
    public NumberedPublication? Find(PortPublication asked) =>
        At(asked.Protocol, asked.HostPort).FirstOrDefault(claim => claim.Publication.HostPort == asked.HostPort
            && Equals(claim.Publication.HostAddress, asked.HostAddress));

    public PublishedPorts Add(NumberedPublication claim)
    {
        ImmutableArray<NumberedPublication> alone = [claim];
        return Change(claim.Publication, claims => claims.IsEmpty ? alone : claims.Add(claim));
    }

    public PublishedPorts Remove(NumberedPublication claim) =>
        Change(claim.Publication, claims => claims.RemoveAll(other => (other.Number4, other.Number6) == (claim.Number4, claim.Number6)));

    private ImmutableArray<NumberedPublication> At(TransportProtocol protocol, int port) =>
        Table(protocol)[port / PageSize]?[port % PageSize] is { IsDefault: false } claims ? claims : [];

    private ImmutableArray<NumberedPublication>[]?[] Table(TransportProtocol protocol) => protocol == TransportProtocol.Tcp ? _tcp : _udp;

    private PublishedPorts Change(PortPublication range, Func<ImmutableArray<NumberedPublication>, ImmutableArray<NumberedPublication>> change)
    {
        var pages = (ImmutableArray<NumberedPublication>[]?[])Table(range.Protocol).Clone();
        var copied = -1;
        for (var port = (int)range.HostPort; port < range.HostPort + range.Count; port++)
        {
            var page = port / PageSize;
            if (page != copied)
                pages[page] = (ImmutableArray<NumberedPublication>[]?)pages[page]?.Clone() ?? new ImmutableArray<NumberedPublication>[PageSize];
            copied = page;
            pages[page]![port % PageSize] = change(At(range.Protocol, port));
        }
        return range.Protocol == TransportProtocol.Tcp ? new PublishedPorts(pages, _udp) : new PublishedPorts(_tcp, pages);
    }
}
