using System.Collections.Immutable;
using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Parsing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Cli.Commands;

/// <summary>Options that say how packets are translated: <c>--nat-source</c>, <c>--nat-to</c>, <c>--nat-except</c>.</summary>
/// <param name="whose">Whose packets: "its" or "its endpoints'".</param>
internal sealed class NatOptions(string whose)
{
    private readonly Option<IPAddress[]> _source = Values.Addresses("--nat-source", $"Address {whose} packets leave with, of the host or routed to it (default: that of the device they leave by)");
    private readonly Option<IPNetwork[]> _to = Values.Prefixes("--nat-to", $"Prefix {whose} packets are translated for (default: all)");
    private readonly Option<IPNetwork[]> _except = Values.Prefixes("--nat-except", $"Prefix {whose} packets reach with the endpoint's own address");

    public IEnumerable<Option> All => [_source, _to, _except];

    public ImmutableArray<OutboundNat> Read(Session session)
    {
        var (sources, to, except) = (session.Get(_source) ?? [], session.Get(_to) ?? [], session.Get(_except) ?? []);
        return [.. from family in (AddressFamily[])[AddressFamily.InterNetwork, AddressFamily.InterNetworkV6]
                   let own = sources.Where(address => address.AddressFamily == family).ToList()
                   let destinations = Of(to, family)
                   let exceptions = Of(except, family)
                   where own.Count > 0 || destinations.Length > 0 || exceptions.Length > 0
                   select new OutboundNat
                   {
                       IPv6 = family == AddressFamily.InterNetworkV6,
                       VirtualAddress = own.Count > 1 ? throw new FairwayException(ErrorKind.InvalidArgument, "command line", $"packets leave with one address of each family, not with {own[0]} and {own[1]}; leave one out") : own.FirstOrDefault(),
                       Destinations = destinations,
                       Exceptions = exceptions,
                   }];
    }

    private static ImmutableArray<IPNetwork> Of(IPNetwork[] prefixes, AddressFamily family) => [.. prefixes.Where(prefix => prefix.BaseAddress.AddressFamily == family)];
}
