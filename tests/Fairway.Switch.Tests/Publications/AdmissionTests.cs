using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Publications;

/// <summary>Publications for some clients only.</summary>
public sealed class AdmissionTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Theory]
    [InlineData("8.8.0.0/16", "8.8.4.4", true)]
    [InlineData("8.8.0.0/16", "8.9.4.4", false)]
    [InlineData("8.8.4.4/32", "8.8.4.4", true)]
    [InlineData("8.8.4.4/32", "8.8.4.5", false)]
    [InlineData("0.0.0.0/0", "8.8.4.4", true)]
    [InlineData("8.8.4.0/30", "8.8.4.3", true)]
    [InlineData("8.8.4.0/30", "8.8.4.4", false)]
    [InlineData("2001:db8:88::/48", "2001:db8:88::7", true)]
    [InlineData("2001:db8:88::/48", "2001:db8:89::7", false)]
    [InlineData("2001:db8:88::7/128", "2001:db8:88::7", true)]
    [InlineData("2001:db8:88::7/128", "2001:db8:88::8", false)]
    [InlineData("::/0", "2001:db8:88::7", true)]
    public void Client_IsAdmittedByItsPrefix(string prefix, string client, bool admitted)
    {
        IPAddress source = IPAddress.Parse(client);
        bool version6 = source.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80, TransportProtocol.Tcp, prefix);
        Outcome outcome = Scene.Receive(TestUplink.Lan, new Packet(source, TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080)));
        if (admitted)
            outcome.ReachesPort(Scene.B);
        else
            outcome.IsDropped(DropReason.SourceNotAllowed);
    }

    [Fact]
    public void Prefixes_AreThePublicationsOwn()
    {
        Scene.Publish(IPAddress.Any, 8080, Scene.B, 80, TransportProtocol.Tcp, "8.8.0.0/16", "9.9.0.0/16");
        Scene.Publish(IPAddress.Any, 8081, Scene.B, 80, TransportProtocol.Tcp, "7.7.0.0/16");
        Scene.Publish(IPAddress.Any, 8082, Scene.B, 80);
        bool Admits(string client, int port) => Scene.Receive(TestUplink.Lan, new Packet(client, "192.0.2.10", Segments.Syn(5555, port))).Verdict == Verdict.Port;
        Assert.Equal([true, true, false], new[] { "8.8.1.1", "9.9.1.1", "7.7.1.1" }.Select(client => Admits(client, 8080)));
        Assert.Equal([false, false, true], new[] { "8.8.1.1", "9.9.1.1", "7.7.1.1" }.Select(client => Admits(client, 8081)));
        Assert.Equal([true, true, true], new[] { "8.8.1.1", "9.9.1.1", "7.7.1.1" }.Select(client => Admits(client, 8082)));
    }

    [Fact]
    public void Publication_ForSome_WithoutAPrefix_IsForNobody()
    {
        PublicationRow row = Scene.Publish(IPAddress.Any, 8080, Scene.B, 80, TransportProtocol.Tcp, "8.8.0.0/16");
        Scene.Maps.Sources.Remove(new SourceKey(row.Number, IPNetwork.Parse("8.8.0.0/16")));
        Scene.Receive(TestUplink.Lan, new Packet("8.8.4.4", "192.0.2.10", Segments.Syn(5555, 8080))).IsDropped(DropReason.SourceNotAllowed);
    }

    [Theory, BothVersions]
    public void Endpoint_IsAClientLikeOthers(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80, TransportProtocol.Tcp, version6 ? "fd00:80:1::/64" : "10.80.1.0/24");
        Scene.Send(Scene.A, Scene.A.To(TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080))).ReachesPort(Scene.B);
        Scene.Send(Scene.D, Scene.D.To(TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080))).IsDropped(DropReason.SourceNotAllowed);
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080))).IsDropped(DropReason.SourceNotAllowed);
    }
}
