using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Forwarding;

/// <summary>Everybody to every place by every protocol, against a plain statement of who may reach what.</summary>
public sealed class MatrixTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int Published = 8080;

    private static readonly DropReason[] s_refusals = [DropReason.NoRoute, DropReason.NoSourceAddress];

    [Theory, BothVersions]
    public void Sender_ReachesWhatItMay(bool version6)
    {
        foreach (TransportProtocol protocol in Enum.GetValues<TransportProtocol>())
            Scene.Publish(Scene.AnyAddress(version6), Published, Scene.B, 80, protocol);
        Scene.Host.Run(() =>
        {
            foreach (TestEndpoint sender in Scene.Endpoints)
            {
                foreach (IPAddress target in Targets(version6))
                {
                    foreach (Segment segment in SegmentsOf(version6))
                        Check(sender, target, segment);
                }
            }
        });
    }

    private void Check(TestEndpoint sender, IPAddress target, Segment segment)
    {
        Outcome outcome = Scene.Send(sender, sender.To(target, segment));
        (Verdict verdict, uint detail) = Expected(sender, target, segment);
        bool refused = verdict == Verdict.Drop && s_refusals.Contains((DropReason)detail) && outcome.Verdict == Verdict.Answer;
        if (!refused && (outcome.Verdict, outcome.Detail) != (verdict, detail))
            Assert.Fail($"{sender.Port} to {target}, protocol {segment.Protocol} {Convert.ToHexStringLower(segment.Bytes)}: expected {verdict} {detail} ({(DropReason)detail}), got {outcome}");
    }

    private (Verdict, uint) Expected(TestEndpoint sender, IPAddress target, Segment segment)
    {
        static (Verdict, uint) Drop(DropReason reason) => (Verdict.Drop, (uint)reason);
        bool version6 = target.AddressFamily == AddressFamily.InterNetworkV6;
        bool hasPorts = segment.Protocol is Protocols.Tcp or Protocols.Udp;
        int sourcePort = hasPorts ? segment.Bytes[0] << 8 | segment.Bytes[1] : 0, port = hasPorts ? segment.Bytes[2] << 8 | segment.Bytes[3] : 0;
        bool isGroup = version6 ? target.IsIPv6Multicast : target.GetAddressBytes()[0] >= 224;
        if (isGroup)
            return Drop(DropReason.Multicast);
        if (sender.IsResolver && !(hasPorts && sourcePort == 53))
            return Drop(DropReason.Protocol);
        if (Scene.Endpoints.FirstOrDefault(endpoint => !endpoint.IsResolver && endpoint.Network == sender.Network && endpoint.Address(version6).Equals(target)) is { } neighbour)
            return (Verdict.Port, neighbour.Port);
        if (sender.IsResolver)
            return Drop(DropReason.NoSuchEndpoint);
        bool hasHost = sender.Network.HostLink != 0, hasWayOut = sender.Network.Flags.HasFlag(NetworkFlags.Nat), toGateway = hasHost && target.Equals(sender.Network.Gateway(version6));
        if (IPAddress.IsLoopback(target) || target.Equals(Scene.AnyAddress(version6)) || target.IsIPv6LinkLocal)
            return Drop(DropReason.Isolated);
        if (hasHost && port == 53)
            return (Verdict.Port, SwitchLimits.ResolverOf(sender.Network.Number));
        if (!hasWayOut && !toGateway)
            return Drop(DropReason.Isolated);
        bool toHost = HostNamespace.Addresses.Contains(target);
        if (hasWayOut && toHost && port == Published)
            return (Verdict.Port, Scene.B.Port);
        if (toHost)
            return (Verdict.Host, sender.Network.Number);
        if (!hasPorts && !(segment.Protocol is Protocols.Icmp or Protocols.Icmp6 && segment.Bytes[0] is 8 or 128))
            return Drop(DropReason.Protocol);
        return Routed(sender, target.ToString()) switch
        {
            0 => Drop(DropReason.NoRoute),
            HostNamespace.StrangeLink or HostNamespace.InsideLink => Drop(DropReason.Isolated),
            int link when link == sender.Network.HostLink => Drop(DropReason.NoSuchEndpoint),
            HostNamespace.WebLink or HostNamespace.BlueLink => Drop(DropReason.Isolated),
            HostNamespace.SecondLink when version6 => Drop(DropReason.NoSourceAddress),
            int link => (Verdict.Uplink, (uint)link),
        };
    }

    /// <summary>The device the routes of <see cref="HostNamespace"/> lead to.</summary>
    private static int Routed(TestEndpoint sender, string target) => target switch
    {
        _ when target.StartsWith("10.80.1.", StringComparison.Ordinal) || target.StartsWith("fd00:80:1:", StringComparison.Ordinal) => HostNamespace.WebLink,
        _ when target.StartsWith("10.80.2.", StringComparison.Ordinal) || target.StartsWith("fd00:80:2:", StringComparison.Ordinal) => HostNamespace.BlueLink,
        _ when target.StartsWith("10.80.3.", StringComparison.Ordinal) || target.StartsWith("fd00:80:3:", StringComparison.Ordinal) => HostNamespace.InsideLink,
        "10.200.0.1" or "10.203.0.1" or "2001:db8:200::1" or "2001:db8:203::1" => 0,
        "172.30.0.5" or "2001:db8:30::5" => HostNamespace.StrangeLink,
        "198.51.100.7" or "2001:db8:51::7" => HostNamespace.SecondLink,
        "8.0.0.5" or "2001:db8:86dd::5" => HostNamespace.BareLink,
        _ => HostNamespace.LanLink,
    };

    private List<IPAddress> Targets(bool version6)
    {
        string[] places = version6
            ? ["2001:db8:99::1", "2001:db8:51::7", "2001:db8:86dd::5", "2001:db8:30::5", "2001:db8:200::1", "2001:db8:203::1", "::1", "::", "fe80::1", "ff02::1", "fd00:80:1::63", "fd00:80:2::63"]
            : ["9.9.9.9", "198.51.100.7", "8.0.0.5", "172.30.0.5", "10.200.0.1", "10.203.0.1", "127.0.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "10.80.1.99", "10.80.2.99"];
        return
        [
            .. Scene.Endpoints.Where(endpoint => !endpoint.IsResolver).Select(endpoint => endpoint.Address(version6)),
            .. HostNamespace.Addresses.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6 == version6),
            .. places.Select(IPAddress.Parse),
        ];
    }

    private static Segment[] SegmentsOf(bool version6) =>
    [
        Segments.Syn(4000, 443), Segments.Syn(4000, Published), Segments.Syn(4000, 53), Segments.Syn(53, 4000), Segment.Udp(4000, 443), Segment.Udp(4000, Published), Segment.Udp(4000, 53),
        Segment.Udp(53, 4000), Segment.EchoRequest(version6, 4000), Segment.Other(Protocols.Sctp, new byte[12]), Segment.Icmp(version6, (byte)(version6 ? 139 : 13), body: new byte[12]),
    ];
}
