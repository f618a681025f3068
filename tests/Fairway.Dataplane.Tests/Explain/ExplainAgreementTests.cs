using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Routing;
using Fairway.Model.Endpoints;
using Fairway.Model.Explain;
using Fairway.Model.Flows;
using Fairway.Model.Policies;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Dataplane.Tests.Explain;

/// <summary>What is explained is what the switch does: the same verdict, reason, receiver and addresses, packet by packet.</summary>
public sealed class ExplainAgreementTests(ITestOutputHelper output)
{
    private const int Seed = 20261130;
    private const int Rounds = 6;
    private const int PacketsPerRound = 250;

    private static readonly string[] s_expected =
    [
        "Allowed None Endpoint", "Allowed None Host", "Allowed None Outside", "Allowed None RemoteEndpoint", "Allowed None Resolver", "Dropped Isolated", "Dropped Multicast", "Dropped NoBackend",
        "Dropped NoRoute", "Dropped NoSourceAddress", "Dropped NoSuchEndpoint", "Dropped PolicyIn", "Dropped PolicyOut", "Dropped SourceAddress", "Dropped SourceNotAllowed", "Dropped Unpublished",
        "NotSwitched None Host", "Varies",
    ];

    private static int s_identifier;

    /// <summary>What chance seldom brings together.</summary>
    private static readonly (string Network, string Address)[] s_rarities =
    [
        ("cloud", "10.80.55.7"), ("sky", "10.80.6.200"), ("sky", "10.80.6.210"), ("sky", "fd00:80:6::200"), ("web", "10.99.1.1"), ("web", "2001:db8:98::1"), ("blue", "2001:db8:51::1"),
        ("web", "10.80.1.240"), ("blue", "240.1.1.1"), ("web", "9.9.9.9"), ("blue", "2001:db8:99::1"), ("inside", "10.80.3.1"), ("cloud", "fd00:80:5::1"),
    ];

    private static readonly ushort[] s_ports = [22, 53, 80, 80, 443, 8080];

    [Fact]
    public async Task AnyPacket_IsExplainedAsTheSwitchTreatsIt()
    {
        var random = new Random(Seed);
        await using ExplainWorld world = await ExplainWorld.CreateAsync(random);
        using var run = new SwitchRun(world);
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        // Nobody calls from the same port twice: no packet is part of an earlier one's connection.
        ushort call = 1024;
        int named = 0;
        for (int round = 0; round < Rounds; round++)
        {
            await world.PoliceAsync(random);
            for (int i = 0; i < PacketsPerRound; i++)
            {
                (ExplainRequest request, Endpoint? sender) = Ask(world, random, call++);
                Explanation explained = world.Networking.Explain(request);
                if (Send(run, explained, sender) is not { } outcome)
                {
                    Count(seen, "not sent");
                    continue;
                }
                string? difference = Difference(world, run, explained, outcome) ?? Rules(world, explained, outcome);
                Assert.True(difference is null, $"round {round}, packet {i}: {request}\n{difference}\nthe switch: {outcome}\nexplained: {Text(explained)}");
                Count(seen, $"{explained.Verdict} {explained.Reason} {explained.To?.Kind}");
                named += outcome.Report is { } report && report.OutRule.Number + report.InRule.Number > 0 ? 1 : 0;
            }
        }
        foreach ((string what, int count) in seen)
            output.WriteLine($"{count,6}  {what}");
        output.WriteLine($"{named,6}  by a rule that was named");
        int compared = seen.Where(entry => entry.Key != "not sent").Sum(entry => entry.Value);
        Assert.True(compared >= 1000 && named >= 50, $"only {compared} packets were compared, {named} with a rule");
        Assert.All(s_expected, what => Assert.True(seen.Keys.Any(key => key.StartsWith(what, StringComparison.Ordinal)), $"nothing was '{what}'"));
    }

    private static void Count(SortedDictionary<string, int> seen, string what) => seen[what] = seen.GetValueOrDefault(what) + 1;

    private static string Text(Explanation explained) => $"{explained.Verdict} {explained.Reason} to {explained.To}: {explained.Summary}\n{string.Join('\n', explained.Steps)}\narrives as {explained.Delivered}\nbackends {string.Join('\n', explained.Backends)}";

    /// <summary>Half of all packets go where something is to decide: to neighbours, and to what answers for the host.</summary>
    private static (ExplainRequest Request, Endpoint? Sender) Ask(ExplainWorld world, Random random, ushort call)
    {
        int kind = random.Next(10);
        Endpoint? sender = kind < 7 ? Pick(random, world.Endpoints) : null;
        ExplainProtocol protocol = (ExplainProtocol)random.Next(3);
        IPAddress destination = Pick(random, world.Destinations);
        ushort port = Pick(random, s_ports);
        switch (random.Next(4))
        {
            case 0 when sender is not null:
                destination = Pick(random, [.. world.Endpoints.Where(other => other.Spec.NetworkId == sender.Spec.NetworkId).SelectMany(other => other.Addresses)]).Address;
                break;
            case 1:
                (destination, port, protocol) = Pick(random, world.Services);
                break;
            case 2 when sender is not null && random.Next(2) == 0:
                (string network, string address) = Pick(random, s_rarities);
                (sender, destination) = (Pick(random, [.. world.Endpoints.Where(other => other.Spec.Name!.StartsWith(network, StringComparison.Ordinal))]), IPAddress.Parse(address));
                break;
        }
        bool version6 = destination.AddressFamily == AddressFamily.InterNetworkV6;
        return (new ExplainRequest
        {
            Source = sender is not null ? $"{sender.Spec.Id}" : kind < 9 ? Outsider(random, version6) : "host",
            Destination = $"{destination}",
            Protocol = protocol,
            Port = protocol == ExplainProtocol.Icmp ? null : port,
            SourcePort = protocol == ExplainProtocol.Icmp ? null : call,
        }, sender);
    }

    private static string Outsider(Random random, bool version6) => version6
        ? Pick(random, ["2001:db8:88::7", "2001:db8:20::77", "fd00:80:2::77"])
        : Pick(random, ["8.8.4.4", "5.5.5.5", "172.20.0.77", "192.0.2.99", "10.80.2.77"]);

    private static T Pick<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>Null for what no program sees: a packet that stays in its namespace, or a process of the host whose socket is led elsewhere.</summary>
    private static SwitchOutcome? Send(SwitchRun run, Explanation explained, Endpoint? sender)
    {
        ExplainTuple tuple = explained.Packet;
        if (sender is not null)
        {
            return explained.Verdict == ExplainVerdict.NotSwitched
                ? null
                : run.FromEndpoint(sender, PacketOf(tuple, tuple.Source), explained.Steps.Any(step => step.Layer == ExplainLayer.Segment && step.Text.StartsWith("the host gets it", StringComparison.Ordinal)));
        }
        if (explained.From.Kind == ExplainEndKind.Outside)
            return run.FromOutside(PacketOf(tuple, tuple.Source));
        if (explained.Steps.Any(step => step.Layer is ExplainLayer.Publication or ExplainLayer.LoadBalancer) || run.RouteOfHost(tuple.Destination) is not { Type: RouteType.Unicast, LinkIndex: { } link, PreferredSource: { } source })
            return null;
        return run.FromHost(PacketOf(tuple, source), link);
    }

    private static Packet PacketOf(ExplainTuple tuple, IPAddress source) => new(source, tuple.Destination, (tuple.Protocol, tuple.DestinationPort) switch
    {
        (Protocols.Tcp, { } port) => Segment.Tcp(tuple.SourcePort!.Value, port, TcpFlags.Syn),
        (Protocols.Udp, { } port) => Segment.Udp(tuple.SourcePort!.Value, port),
        _ => Segment.EchoRequest(tuple.Protocol == Protocols.Icmp6, Interlocked.Increment(ref s_identifier)),
    });

    /// <summary>What differs between both, or null.</summary>
    private static string? Difference(ExplainWorld world, SwitchRun run, Explanation explained, SwitchOutcome outcome) => outcome.Verdict switch
    {
        Verdict.Drop when explained.Verdict == ExplainVerdict.Varies => explained.Backends.Any(backend => backend.Reason == outcome.Reason) ? null : "no backend would drop it for that reason",
        Verdict.Drop => explained.Reason == outcome.Reason ? null : "another reason",
        // An ICMP error about a refused packet goes back.
        Verdict.Answer => explained.Reason is DropReason.NoRoute or DropReason.NoSourceAddress ? null : "the switch answers",
        Verdict.Pass => explained.Verdict == ExplainVerdict.NotSwitched || (outcome.First is not null && explained.To?.Kind == ExplainEndKind.Host) ? null : "the switch leaves it alone",
        Verdict.Host => Same(ExplainEndKind.Host, explained) ?? Addresses(explained.Delivered, outcome),
        Verdict.Uplink => Same(ExplainEndKind.Outside, explained) ?? (explained.Route?.Device == run.LinkName(outcome.Detail) ? Addresses(explained.Delivered, outcome) : "another device"),
        Verdict.Tunnel when !explained.Backends.IsEmpty => Elsewhere(explained, outcome),
        Verdict.Tunnel => Same(ExplainEndKind.RemoteEndpoint, explained) ?? Tunnel(explained, outcome),
        Verdict.Port when outcome.Detail > SwitchLimits.ResolverPort => Same(ExplainEndKind.Resolver, explained),
        Verdict.Port => Port(world, explained, outcome),
        _ => "no verdict",
    };

    /// <summary>What the switch reported of the rules that decided.</summary>
    private static string? Rules(ExplainWorld world, Explanation explained, SwitchOutcome outcome)
    {
        if ((outcome.First ?? outcome).Report is not { } report || outcome.First is not null)
            return null;
        if (!Is(report.OutRule, explained.OutRule))
            return $"the switch went by rule {report.OutRule} of the sender, not by {explained.OutRule}";
        if (outcome.Verdict == Verdict.Drop && outcome.Reason != DropReason.PolicyIn)
            return null;
        FlowRule?[] known = explained.Backends.IsEmpty ? [explained.InRule] : [.. explained.Backends.Where(backend => report.OutPort == PortOf(world, backend.End)).Select(backend => backend.Rule)];
        return known.Any(rule => Is(report.InRule, rule)) ? null : $"the switch went by rule {report.InRule} of the receiver, not by {string.Join<FlowRule?>(", ", known)}";
    }

    /// <summary>Those of other hosts have none here.</summary>
    private static uint PortOf(ExplainWorld world, ExplainEnd end) => world.Endpoints.FirstOrDefault(endpoint => endpoint.Spec.Id == end.Id)?.Port ?? 0;

    private static bool Is(RuleReference decided, FlowRule? rule) => rule is null
        ? decided.Owner == 0
        : decided.Number == (rule.Rule is null ? 0 : uint.Parse(rule.Rule, CultureInfo.InvariantCulture)) && decided.Owner > SwitchLimits.RulesOfNetwork == (rule.Policy == PolicyKind.NetworkAcl);

    private static string? Same(ExplainEndKind kind, Explanation explained) =>
        explained.Verdict == ExplainVerdict.Allowed && explained.To?.Kind == kind ? null : $"the switch leads it to {kind}";

    private static string? Tunnel(Explanation explained, SwitchOutcome outcome)
    {
        uint provider = BinaryPrimitives.ReadUInt32LittleEndian(explained.Encapsulation!.ProviderAddress.GetAddressBytes());
        return (explained.Encapsulation.VirtualSubnet, provider) == (outcome.Detail, outcome.Further) ? null : "another tunnel";
    }

    private static string? Elsewhere(Explanation explained, SwitchOutcome outcome) =>
        explained.Backends.FirstOrDefault(backend => backend is { End.Kind: ExplainEndKind.RemoteEndpoint, Reason: DropReason.None }) is { } backend ? Addresses(backend.Delivered, outcome) : "a backend on another host gets it";

    private static string? Port(ExplainWorld world, Explanation explained, SwitchOutcome outcome)
    {
        Endpoint receiver = world.Endpoints.Single(endpoint => endpoint.Port == outcome.Detail);
        if (explained.Backends.FirstOrDefault(backend => backend.End.Id == receiver.Spec.Id) is { } backend)
            return backend.Reason == DropReason.None ? Addresses(backend.Delivered, outcome) : $"backend '{receiver.Spec.Name}' gets it";
        return explained.Verdict == ExplainVerdict.Allowed && explained.To?.Id == receiver.Spec.Id ? Addresses(explained.Delivered, outcome) : $"'{receiver.Spec.Name}' gets it";
    }

    private static string? Addresses(ExplainTuple? expected, SwitchOutcome outcome)
    {
        Reading reading = Reading.OfFrame(outcome.Frame);
        if (expected is null)
            return "it should not arrive";
        bool same = reading.Source.Equals(expected.Source) && reading.Destination.Equals(expected.Destination)
            && (expected.SourcePort is not { } from || from == reading.SourcePort) && (expected.DestinationPort is not { } to || to == reading.DestinationPort);
        return same ? null : $"arrives as {reading.Source} {reading.SourcePort} -> {reading.Destination} {reading.DestinationPort}, not as {expected}";
    }
}
