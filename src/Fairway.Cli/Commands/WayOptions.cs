using System.Collections.Immutable;
using System.CommandLine;
using Fairway.Cli.CommandLine;
using Fairway.Cli.Parsing;
using Fairway.Model.Endpoints;

namespace Fairway.Cli.Commands;

/// <summary>Options that say how an endpoint's packets leave: those of translation, and <c>--route</c>.</summary>
internal sealed class WayOptions
{
    private readonly NatOptions _nat = new("its");
    private readonly Option<SwitchRoute[]> _routes = Values.Routes("--route", "Prefix, and the router its packets are sent to; encap for one on another host of an overlay");

    public IEnumerable<Option> All => [.. _nat.All, _routes];

    public ImmutableArray<SwitchRoute> Routes(Session session) => [.. session.Get(_routes) ?? []];

    public ImmutableArray<OutboundNat> OutboundNat(Session session) => _nat.Read(session);
}
