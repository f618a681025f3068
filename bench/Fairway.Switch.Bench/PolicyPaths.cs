using System.Net;
using Fairway.Model.Policies;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Bench;

/// <summary>Between two endpoints of which one has access rules, by how many.</summary>
internal static class PolicyPaths
{
    public static IEnumerable<PacketPath> All(SwitchUnderTest fixture)
    {
        var scene = new Scene(fixture);
        scene.Configure((ref Dataplane.Switch.Layout.ConfigRow row) => row.FlowQuota = row.HalfOpenQuota = 1_000_000);
        foreach (int count in new[] { 1, 1_000, 100_000 })
        {
            scene.Police(scene.A, [.. Enumerable.Range(1, count - 1).Select(Block), AllowAll(count)]);
            scene.ForgetFlows();
            scene.Send(scene.A, scene.A.To(scene.B, false, Segments.Syn(4000, 80))).ReachesPort(scene.B);
            yield return new PacketPath($"{count:N0} rules, known connection, TCP", fixture, fixture.FromEndpoint, scene.A.Link,
                _ => scene.A.Frame(scene.A.To(scene.B, false, Segments.Ack(4000, 80))));
            yield return new PacketPath($"{count:N0} rules, new connection, UDP", fixture, fixture.FromEndpoint, scene.A.Link,
                i => scene.A.Frame(scene.A.To(scene.B, false, Segment.Udp(1024 + (i % 32768), 1000 + (i / 32768)))));
            yield return new PacketPath($"{count:N0} rules, ICMP without a connection", fixture, fixture.FromEndpoint, scene.A.Link,
                _ => scene.A.Frame(scene.A.To(scene.B, false, Segment.Icmp(false, 13, body: new byte[12]))));
        }
    }

    private static AclRule AllowAll(int number) => new() { Number = (uint)number, Kind = PolicyKind.Acl, Direction = PolicyDirection.Out, Action = PolicyAction.Allow, Priority = ushort.MaxValue };

    private static AclRule Block(int number) => new()
    {
        Number = (uint)number,
        Kind = PolicyKind.Acl,
        Direction = PolicyDirection.Out,
        Action = PolicyAction.Block,
        Priority = (ushort)(number % 1000),
        Protocols = [6],
        Remote = new AddressMatch { Prefixes = [new IPNetwork(new IPAddress([(byte)(11 + (number >> 16)), (byte)(number >> 8), (byte)number, 0]), 24)] },
        RemotePorts = [new PortInterval((ushort)(number % 60000), (ushort)(number % 60000))],
    };
}
