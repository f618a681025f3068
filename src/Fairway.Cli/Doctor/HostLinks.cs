using System.Net;
using Fairway.Linux;
using Fairway.Linux.Routing;

namespace Fairway.Cli.Doctor;

/// <summary>The host's links: those of the instance, and the routes through all others.</summary>
internal sealed record HostLinks(IReadOnlyList<KernelObject> Objects, IReadOnlyList<HostRoute> Routes)
{
    public static HostLinks Read(string instance)
    {
        try
        {
            using var route = RouteNetlink.Open();
            var links = route.ListLinks();
            var marked = links.Select(link => (Link: link, Mark: MarkOf(link))).Where(pair => pair.Mark is not null).ToDictionary(pair => pair.Link.Index, pair => pair.Mark!);
            return new HostLinks(
                [.. marked.Where(pair => pair.Value.Instance == instance).Select(pair => new KernelObject("link", Name(pair.Key), pair.Value.Resource, pair.Value.Id))],
                [.. UsefulRoutes(route).Where(known => known.Link is not { } index || !marked.ContainsKey(index)).Select(known => new HostRoute(known.Destination, known.Link is { } index ? Name(index) : null))]);

            string Name(int index) => links.FirstOrDefault(link => link.Index == index)?.Name ?? $"link {index}";
        }
        catch (LinuxException)
        {
            return new HostLinks([], []);
        }
    }

    /// <summary>Where packets go, short of link-local and multicast prefixes, which every link has.</summary>
    private static IEnumerable<(IPNetwork Destination, int? Link)> UsefulRoutes(RouteNetlink netlink) =>
        netlink.ListRoutes()
            .Where(route => route.Type == RouteType.Unicast && !route.Destination.BaseAddress.IsIPv6LinkLocal && !route.Destination.BaseAddress.IsIPv6Multicast)
            .Select(route => (route.Destination, route.LinkIndex))
            .Distinct();

    /// <summary>Links carry an alternative name <c>INSTANCE-KIND-ID</c>, the id as 32 hexadecimal digits.</summary>
    private static LinkMark? MarkOf(Link link) =>
        link.AlternativeNames.Select(name => name.Split('-'))
            .Where(words => words is [_, "endpoint" or "network" or "resolver" or "tunnel", _])
            .Select(words => Guid.TryParseExact(words[2], "N", out var id) ? new LinkMark(words[0], words[1], id) : null)
            .FirstOrDefault(mark => mark is not null);

    private sealed record LinkMark(string Instance, string Resource, Guid Id);
}
