using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Bpf;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Bench;

/// <summary>
/// One way through the switch. Every run is one call with a fresh packet: the kernel repeats a test on the same packet, and most ways change it. The time is
/// the kernel's and includes its own measuring, which is the first line of the table.
/// </summary>
/// <param name="Frames">The packet of each run, by its number.</param>
internal sealed record PacketPath(string Name, SwitchUnderTest Fixture, BpfProgram Program, int Link, Func<int, byte[]> Frames)
{
    private const int WarmUp = 200;

    /// <summary>Every way, in a scene in which all of them lead somewhere.</summary>
    public static IEnumerable<PacketPath> All(SwitchUnderTest fixture)
    {
        var scene = new Scene(fixture);
        scene.Configure((ref ConfigRow row) => row.FlowQuota = row.HalfOpenQuota = 1_000_000);
        PacketPath FromEndpoint(string name, TestEndpoint sender, Func<int, byte[]> frames) => new(name, fixture, fixture.FromEndpoint, sender.Link, frames);
        PacketPath FromUplink(string name, Func<int, byte[]> frames) => new(name, fixture, fixture.FromUplink, TestUplink.Lan.Link, frames);

        yield return FromEndpoint("nothing: a frame from another MAC, dropped", scene.A, Always(Frame.Of(scene.B.Mac, scene.C.Mac, scene.A.To(scene.B, false, Segment.Udp(1, 2)))));
        yield return FromEndpoint("ARP question, answered", scene.A, Always(Frame.Of(Frame.Broadcast, scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, scene.A.Mac, scene.A.V4, new(0), scene.B.V4))));
        yield return FromEndpoint("neighbour solicitation, answered", scene.A, Always(Frame.Of(Frame.Broadcast, scene.A.Mac, NeighbourDiscovery.Solicit(scene.A.V6, scene.B.V6, scene.A.Mac))));
        foreach (bool version6 in new[] { false, true })
        {
            string version = version6 ? "IPv6" : "IPv4";
            IPAddress host = TestUplink.Lan.Address(version6), server = Outside.Server(version6), client = Outside.Client(version6);
            yield return FromEndpoint($"{version} to a neighbour, TCP", scene.A, Always(scene.A.Frame(scene.A.To(scene.B, version6, Segments.Ack(4000, 80)))));
            yield return FromEndpoint($"{version} to the gateway, TCP", scene.A, Always(scene.A.Frame(scene.A.To(TestNetwork.Web.Gateway(version6), Segments.Ack(4000, 80)))));
            yield return FromEndpoint($"{version} to the resolver, UDP", scene.A, Always(scene.A.Frame(scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(4000, 53)))));

            scene.Maps.Links.Set((uint)TestNetwork.Web.HostLink, TestNetwork.Web.Number);
            byte[] fromHost = Frame.Of(TestNetwork.Web.GatewayMac, TestNetwork.Web.GatewayMac, new Packet(TestNetwork.Web.Gateway(version6), scene.A.Address(version6), Segments.Ack(80, 4000)));
            yield return new PacketPath($"{version} from the host, TCP", fixture, fixture.ToEndpoints, TestNetwork.Web.HostLink, Always(fromHost));

            int port = scene.Send(scene.A, scene.A.To(server, Segments.Syn())).LeavesBy(TestUplink.Lan).Reading.SourcePort;
            yield return FromEndpoint($"{version} out, known connection, TCP", scene.A, Always(scene.A.Frame(scene.A.To(server, Segments.Ack(4000, 443)))));
            yield return FromUplink($"{version} out, its answer, TCP", Always(TestUplink.Lan.Frame(new Packet(server, host, Segments.Ack(443, port)))));
            yield return FromEndpoint($"{version} out, new connection, UDP", scene.A, i => scene.A.Frame(scene.A.To(server, Segment.Udp(1024 + i % 16384 * 2, 1000 + i / 16384))));

            scene.Publish(Scene.AnyAddress(version6), 8080, scene.B, 80);
            scene.Publish(Scene.AnyAddress(version6), 8080, scene.B, 80, TransportProtocol.Udp);
            scene.Receive(TestUplink.Lan, new Packet(client, host, Segments.Syn(5555, 8080))).ReachesPort(scene.B);
            yield return FromUplink($"{version} in by a publication, known connection, TCP", Always(TestUplink.Lan.Frame(new Packet(client, host, Segments.Ack(5555, 8080)))));
            yield return FromEndpoint($"{version} in by a publication, its answer, TCP", scene.B, Always(scene.B.Frame(scene.B.To(client, Segments.Ack(80, 5555)))));
            yield return FromUplink($"{version} in by a publication, new connection, UDP", i => TestUplink.Lan.Frame(new Packet(client, host, Segment.Udp(1024 + i, 8080))));
            yield return FromUplink($"{version} in, the host's own, TCP", Always(TestUplink.Lan.Frame(new Packet(client, host, Segments.Ack(5555, 22)))));
        }
    }

    public Cost Measure(int runs)
    {
        double[] times = new double[runs];
        Fixture.Host.Run(() =>
        {
            for (int i = -WarmUp; i < runs; i++)
            {
                // Packets of the warm-up are those of the last runs, so that every new connection is new.
                var run = new BpfTestRun { Packet = Frames(i < 0 ? runs - i : i), Context = new SkBuffContext { IfIndex = Link }, OutputSize = 2048 };
                BpfTestResult result = Program.Run(run);
                if (i >= 0)
                    times[i] = result.Duration.TotalNanoseconds;
            }
            return 0;
        });
        return Cost.Of(times);
    }

    private static Func<int, byte[]> Always(byte[] frame) => _ => frame;
}
