using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Robustness;

/// <summary>
/// What must hold for every frame whatsoever, told by the frame that went in and the one that came out, without the switch's knowledge of why.
/// It holds in the scene of <see cref="Traffic"/>.
/// </summary>
internal sealed class Rules(Scene scene)
{
    // A private network's prefix means nothing to the host, and may mean something outside.
    private static readonly IPNetwork[] s_ours =
    [
        .. TestNetwork.All.Where(network => network.HostLink != 0).SelectMany(network => new[] { new IPNetwork(network.Address(false, 0), 24), new IPNetwork(network.Address(true, 0), 64) }),
    ];

    private readonly HashSet<IPAddress> _hostAddresses = [.. HostNamespace.Addresses];

    public void Check(Sample sample, Outcome outcome)
    {
        if (outcome.Action == Outcome.Redirect)
            CheckRedirect(sample, outcome);
        else if (outcome.Action == Outcome.Unspecified)
            outcome.Passes();
        if (outcome.Action == Outcome.Redirect && IsSound(sample.Frame))
            Assert.True(IsSound(outcome.Frame), $"a checksum or a length is wrong that was right before: {outcome}");
    }

    private void CheckRedirect(Sample sample, Outcome outcome)
    {
        Ends sent = Ends.Of(sample.Frame), left = Ends.Of(outcome.Frame);
        Assert.False((outcome.Frame[0] & 1) != 0, "sent to a group");
        switch (sample.Hook)
        {
            case Hook.FromEndpoint:
                CheckFromEndpoint(sample.Sender!, outcome, sent, left);
                break;
            case Hook.FromUplink:
                CheckFromUplink(outcome, sent, left);
                break;
            default:
                TestEndpoint target = Target(outcome);
                Assert.True(target.Network == TestNetwork.Web && Owns(target, left.Destination), "not the endpoint's address");
                Bytes.Equal(sample.Frame.AsSpan(12), outcome.Frame.AsSpan(12));
                break;
        }
    }

    private void CheckFromEndpoint(TestEndpoint sender, Outcome outcome, Ends sent, Ends left)
    {
        Assert.Equal(sender.Mac, sent.From);
        if (outcome.Verdict == Verdict.Answer)
        {
            CheckAnswer(sender, sent, left);
            return;
        }
        // The resolver answers in the name of whatever server was asked, and is asked in all their names.
        Assert.True(Owns(sender, sent.Source) || sender.IsResolver, $"{sent.Source} is not the sender's address");
        switch (outcome.Verdict)
        {
            case Verdict.Port:
                CheckDelivery(sender, Target(outcome), sent, left);
                break;
            case Verdict.Host:
                Assert.True(outcome.Detail == sender.Network.Number && _hostAddresses.Contains(sent.Destination) && !sender.IsResolver, "not the host's");
                Assert.Equal((sender.Network.GatewayMac, sender.Mac), (left.To, left.From));
                Bytes.Equal(outcome.Sent.AsSpan(12), outcome.Frame.AsSpan(12));
                break;
            case Verdict.Uplink:
                TestUplink uplink = TestUplink.All.Single(uplink => uplink.Link == outcome.Detail);
                Assert.True(sender.Network == TestNetwork.Web || sender.Network == TestNetwork.Blue, "there is no way out of the network");
                Assert.False(sender.IsResolver, "the resolver asks from the host");
                Assert.Equal(uplink.Address(left.IsVersion6), left.Source);
                Assert.Equal(sent.Destination, left.Destination);
                Assert.False(IsOurs(left.Destination) || IsNowhere(left.Destination), $"{left.Destination} is not outside");
                break;
        }
    }

    private void CheckDelivery(TestEndpoint sender, TestEndpoint target, Ends sent, Ends left)
    {
        Assert.True(Owns(target, left.Destination) || target.IsResolver, $"{left.Destination} is not the target's address");
        bool translated = !left.Source.Equals(sent.Source) || !left.Destination.Equals(sent.Destination);
        if (!translated)
        {
            Assert.Equal(sender.Network, target.Network);
            Assert.Equal(sender.Mac, left.From);
            return;
        }
        // By a publication, all of which lead to B, or back from it.
        Assert.True(target.Port == scene.B.Port || sender.Port == scene.B.Port, "nothing is published there");
        Assert.True(sender.Network == TestNetwork.Web || sender.Network == TestNetwork.Blue, "not from an internal network");
        Assert.Equal(target.Network.GatewayMac, left.From);
        Assert.True(left.Source.Equals(sent.Source) || _hostAddresses.Contains(left.Source), $"{left.Source} is nobody's who takes part");
    }

    private static void CheckAnswer(TestEndpoint sender, Ends sent, Ends left)
    {
        Assert.Equal(sender.Mac, left.To);
        Assert.NotEqual(sender.Mac, left.From);
        Assert.True(Owns(sender, left.Destination) || left.Destination.IsIPv6LinkLocal || left.Destination.Equals(IPAddress.Any), $"answered to {left.Destination}");
        Assert.False(Owns(sender, left.Source) && !sender.IsResolver, "answered for the asker itself");
        Assert.Equal(sent.EtherType, left.EtherType);
    }

    private void CheckFromUplink(Outcome outcome, Ends sent, Ends left)
    {
        Assert.Contains(sent.Destination, _hostAddresses);
        if (outcome.Verdict == Verdict.Answer)
        {
            Assert.Equal((sent.From, sent.To), (left.To, left.From));
            Assert.Equal((sent.Destination, sent.Source), (left.Source, left.Destination));
            return;
        }
        TestEndpoint target = Target(outcome);
        Assert.Equal((target.Mac, target.Network.GatewayMac), (left.To, left.From));
        Assert.True(Owns(target, left.Destination), $"{left.Destination} is not the target's address");
        // What a router tells from an address that is only its link's, the gateway tells on.
        IPAddress teller = sent.Source.IsIPv6LinkLocal ? target.Network.Gateway6 : sent.Source;
        Assert.Equal(teller, left.Source);
        Assert.False(IsOurs(sent.Source) || (IsNowhere(sent.Source) && !sent.Source.IsIPv6LinkLocal), $"{sent.Source} is not outside");
    }

    private TestEndpoint Target(Outcome outcome)
    {
        Assert.Equal(Verdict.Port, outcome.Verdict);
        TestEndpoint target = scene.Endpoints.Single(endpoint => endpoint.Port == outcome.Detail);
        Assert.Equal(target.Mac, Ends.Of(outcome.Frame).To);
        return target;
    }

    private static bool Owns(TestEndpoint endpoint, IPAddress address)
        => endpoint.V4.Equals(address) || endpoint.V6.Equals(address)
            || (endpoint.Port == 1 && (address.Equals(TestNetwork.Web.Address(false, 77)) || address.Equals(TestNetwork.Web.Address(true, 77))));

    private bool IsOurs(IPAddress address) => _hostAddresses.Contains(address) || s_ours.Any(prefix => prefix.Contains(address));

    private static bool IsNowhere(IPAddress address)
        => IPAddress.IsLoopback(address) || address.IsIPv6Multicast || address.IsIPv6LinkLocal || address.IsIPv4MappedToIPv6 || address.Equals(IPAddress.IPv6Any)
            || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [0 or 127 or >= 224 and < 240, ..] or [255, 255, 255, 255]);

    private static bool IsSound(byte[] frame)
    {
        try
        {
            Reading.OfFrame(frame);
            return true;
        }
        catch (Exception e) when (e is Xunit.Sdk.XunitException or ArgumentException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    /// <summary>Who sends to whom, without a look at the rest.</summary>
    private readonly record struct Ends(MacAddress To, MacAddress From, ushort EtherType, IPAddress Source, IPAddress Destination)
    {
        public bool IsVersion6 => Source.AddressFamily == AddressFamily.InterNetworkV6;

        public static Ends Of(byte[] frame)
        {
            ushort etherType = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(12));
            (int source, int destination, int length) = etherType switch
            {
                Frame.Ip4 => (26, 30, 4),
                Frame.Ip6 => (22, 38, 16),
                Frame.Arp => (28, 38, 4),
                _ => throw new Xunit.Sdk.XunitException($"a frame of type {etherType:x4} was redirected"),
            };
            IPAddress At(int offset) => new(frame.AsSpan(offset, length));
            return new Ends(MacAddress.FromBytes(frame), MacAddress.FromBytes(frame.AsSpan(6)), etherType, At(source), At(destination));
        }
    }
}
