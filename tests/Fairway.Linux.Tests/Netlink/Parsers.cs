using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Diag;
using Fairway.Linux.Events;
using Fairway.Linux.Netfilter;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Netlink;

/// <summary>Every parser with a recording to start from.</summary>
internal static class Parsers
{
    public static readonly Dictionary<string, Action<byte[]>> All = new()
    {
        ["links"] = bytes => Recording.Parse<Link>(bytes, Link.TryRead),
        ["addresses"] = bytes => Recording.Parse<InterfaceAddress>(bytes, InterfaceAddress.TryRead),
        ["routes"] = bytes => Recording.Parse<Route>(bytes, Route.TryRead),
        ["rules"] = bytes => Recording.Parse<RoutingRule>(bytes, RoutingRule.TryRead),
        ["neighbours"] = bytes => Recording.Parse<Neighbour>(bytes, Neighbour.TryRead),
        ["qdiscs"] = bytes => Recording.Parse<Qdisc>(bytes, Qdisc.TryRead),
        ["filters"] = bytes => Recording.Parse<TcFilter>(bytes, TcFilter.TryRead),
        ["chains"] = bytes => Recording.Parse<BaseChain>(bytes, BaseChain.TryRead),
        ["sockets"] = bytes => Recording.Parse<SocketEntry>(bytes, Socket),
    };

    public static TheoryData<string> Names() => [.. All.Keys];

    public static bool Socket(in NetlinkMessage message, [MaybeNullWhen(false)] out SocketEntry socket)
        => SocketEntry.TryRead(message, TransportProtocol.Tcp, out socket);

    /// <summary>Reads, and takes InvalidDataException for an answer; anything else is a defect.</summary>
    public static bool Survives(Action<byte[]> parser, byte[] bytes)
    {
        RouteEventReader.Read(bytes, []); // never throws
        try
        {
            parser(bytes);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
