using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Model.Policies;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;
using Fairway.Testing.Policies;

namespace Fairway.Switch.Tests.Policies;

/// <summary>The switch lets through what the plain reading of the rules lets through, and names the rule that decided.</summary>
public sealed class AgreementTests(SwitchUnderTest fixture, ITestOutputHelper output) : SwitchTest(fixture)
{
    private const int Seed = 20261124;
    private const int Rounds = 120;
    private const int Packets = 100;

    [Fact]
    public void AnyConnection_UnderAnyRules_IsJudgedAsTheEvaluatorDoes()
    {
        var random = new Random(Seed);
        IPAddress[] own = [Scene.A.V4, Scene.A.V6];
        IPAddress[] others = [Scene.B.V4, Scene.B.V6, TestNetwork.Web.Gateway4, TestNetwork.Web.Gateway6, Outside.Server(false), Outside.Server(true)];
        (int blocked, int cases, int named) = (0, 0, 0);
        Scene.Watch();
        for (int round = 0; round < Rounds; round++)
        {
            var ofA = new RandomPolicies(random, own, others);
            AddressSets sets = ofA.Sets();
            AclRule[] rulesA = Rules(ofA, random.Next(15));
            AclRule[] rulesB = Rules(new RandomPolicies(random, [Scene.B.V4, Scene.B.V6], [.. own, .. others]), random.Next(15));
            AclRule[] rulesOfNetwork = Rules(new RandomPolicies(random, [.. own, Scene.B.V4, Scene.B.V6], others, isNetwork: true), random.Next(3) == 0 ? 5 : 0);
            Scene.Police(Scene.A, sets, rulesA);
            Scene.Police(Scene.B, sets, rulesB);
            Scene.Police(TestNetwork.Web, sets, rulesOfNetwork);
            // The rate of reports is limited.
            Scene.Switch.EventRate.Set(new byte[4], new byte[Scene.Switch.EventRate.TransferSize]);
            for (int i = 0; i < Packets; i++)
            {
                PolicyTuple tuple = ofA.Tuple();
                Scene.ForgetFlows();
                Scene.TakeEvents();
                Outcome outcome = Send(tuple, out bool fromHost);
                (DropReason reason, AclRule? rule) = Expect(tuple, fromHost, sets, [.. rulesA, .. rulesOfNetwork], [.. rulesB, .. rulesOfNetwork]);
                Assert.True(outcome.Reason == reason, $"round {round}: {tuple}: expected {reason} by {rule}, got {outcome}");
                named += Names(rule, reason) ? 1 : 0;
                blocked += reason == DropReason.None ? 0 : 1;
                cases++;
            }
        }
        output.WriteLine($"{cases} connections, {blocked} blocked, {named} by a rule that was named");
        Assert.True(blocked > cases / 8 && cases - blocked > cases / 8, $"{blocked} of {cases} blocked");
    }

    private bool Names(AclRule? rule, DropReason reason)
    {
        if (reason is not (DropReason.PolicyOut or DropReason.PolicyIn))
            return false;
        EventRecord record = Assert.Single(Scene.TakeEvents(), record => (FlowEventKind)record.Kind == FlowEventKind.Drop);
        RuleReference decided = reason == DropReason.PolicyOut ? record.OutRule : record.InRule;
        Assert.Equal(rule?.Number ?? 0, decided.Number);
        Assert.NotEqual(0u, decided.Owner);
        if (rule is not null)
            Assert.Equal(rule.Kind == PolicyKind.NetworkAcl, decided.Owner > SwitchLimits.RulesOfNetwork);
        return rule is not null;
    }

    private static AclRule[] Rules(RandomPolicies policies, int count) => [.. Enumerable.Range(0, count).Select(_ => policies.Rule())];

    /// <summary>Out: A calls. In: somebody calls A: B does, or the host by its gateway address.</summary>
    private Outcome Send(PolicyTuple tuple, out bool fromHost)
    {
        fromHost = false;
        bool version6 = tuple.Local.AddressFamily == AddressFamily.InterNetworkV6;
        if (tuple.Direction == PolicyDirection.Out)
            return Scene.Send(Scene.A, new Packet(tuple.Local, tuple.Remote, SegmentOf(tuple, tuple.LocalPort, tuple.RemotePort, version6)));
        Segment segment = SegmentOf(tuple, tuple.RemotePort, tuple.LocalPort, version6);
        if (tuple.Remote.Equals(Scene.B.Address(version6)))
            return Scene.Send(Scene.B, new Packet(tuple.Remote, tuple.Local, segment));
        fromHost = true;
        return Scene.SendFromHost(TestNetwork.Web, new Packet(tuple.Remote, tuple.Local, segment));
    }

    private (DropReason Reason, AclRule? Rule) Expect(PolicyTuple tuple, bool fromHost, AddressSets sets, AclRule[] rulesA, AclRule[] rulesB)
    {
        bool betweenAAndB = tuple.Remote.Equals(Scene.B.V4) || tuple.Remote.Equals(Scene.B.V6);
        PolicyVerdict ofA = PolicyEvaluator.Evaluate(rulesA, sets, tuple);
        PolicyVerdict ofB = betweenAAndB && !fromHost ? PolicyEvaluator.Evaluate(rulesB, sets, FromTheOtherSide(tuple)) : new PolicyVerdict(true, null);
        (PolicyVerdict sender, PolicyVerdict receiver) = tuple.Direction == PolicyDirection.Out ? (ofA, ofB) : (ofB, ofA);
        if (!sender.Allowed)
            return (tuple.Direction == PolicyDirection.Out && Refused(tuple) is var refused and not DropReason.None ? refused : DropReason.PolicyOut, sender.Rule);
        if (!receiver.Allowed)
            return (DropReason.PolicyIn, receiver.Rule);
        return (Refused(tuple), null);
    }

    /// <summary>Only some protocols leave by translation, and of ICMP only echoes and errors about what is known.</summary>
    private static DropReason Refused(PolicyTuple tuple)
    {
        if (tuple.Direction == PolicyDirection.In || tuple.Protocol is Protocols.Tcp or Protocols.Udp || !IsOutside(tuple.Remote))
            return DropReason.None;
        return (tuple.Protocol, tuple.Icmp?.Type) switch
        {
            (Protocols.Icmp, 0) => DropReason.None,
            (Protocols.Icmp6, < 128) => DropReason.InvalidState,
            _ => DropReason.Protocol,
        };
    }

    private static bool IsOutside(IPAddress address) => address.Equals(Outside.Server(false)) || address.Equals(Outside.Server(true));

    private static PolicyTuple FromTheOtherSide(PolicyTuple tuple) => tuple with
    {
        Direction = tuple.Direction == PolicyDirection.In ? PolicyDirection.Out : PolicyDirection.In,
        Local = tuple.Remote,
        Remote = tuple.Local,
        LocalPort = tuple.RemotePort,
        RemotePort = tuple.LocalPort,
    };

    private static Segment SegmentOf(PolicyTuple tuple, int source, int destination, bool version6) => tuple.Protocol switch
    {
        Protocols.Tcp => Segment.Tcp(source, destination, TcpFlags.Syn),
        Protocols.Udp => Segment.Udp(source, destination),
        _ when tuple.Icmp is { } icmp => Segment.Icmp(version6, icmp.Type, icmp.Code!.Value, body: new byte[48]),
        _ => Segment.Other(tuple.Protocol, new byte[16]),
    };
}
