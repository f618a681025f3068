using System.Net;
using CsCheck;
using Fairway.Engine.State;
using Fairway.Model.Ports;

namespace Fairway.Engine.Tests.State;

public sealed class PublishedPortsTests
{
    private static readonly Gen<IPAddress?> s_address = Gen.OneOfConst<IPAddress?>(null, IPAddress.Any, IPAddress.IPv6Any, IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.Parse("192.0.2.1"));

    // Ranges that cross a page border of the table.
    private static readonly Gen<PortPublication> s_publication = Gen.Select(s_address, Gen.Int[250, 262], Gen.Int[1, 5], Gen.Bool, (address, port, count, udp) => new PortPublication
    {
        Protocol = udp ? TransportProtocol.Udp : TransportProtocol.Tcp,
        HostAddress = address,
        HostPort = (ushort)port,
        ContainerPort = 80,
        Count = count,
    });

    [Fact]
    public void AnyHistory_AgreesWithAList() => Gen.Select(s_publication, Gen.Bool).Array[1, 40].Sample(history =>
    {
        var ports = PublishedPorts.Empty;
        var oracle = new List<NumberedPublication>();
        foreach (var (publication, remove) in history)
        {
            var collision = ports.Collision(publication);
            Assert.Equal(oracle.Exists(claim => claim.Publication.Overlaps(publication)), collision is not null);
            Assert.True(collision is null || collision.Publication.Overlaps(publication));
            if (collision is null)
            {
                var claim = new NumberedPublication(Guid.NewGuid(), publication, NextNumber(oracle), 0);
                ports = ports.Add(claim);
                oracle.Add(claim);
            }
            else if (remove)
            {
                ports = ports.Remove(collision);
                oracle.Remove(collision);
            }
        }
        Assert.All(oracle, claim => Assert.Same(claim, ports.Find(claim.Publication)));
    });

    [Fact]
    public void Collision_OfAWholeRange_IsFound()
    {
        var all = new NumberedPublication(Guid.NewGuid(), new PortPublication { HostPort = 1, ContainerPort = 1, Count = 65535 }, 1, 2);
        var ports = PublishedPorts.Empty.Add(all);
        Assert.Same(all, ports.Collision(new PortPublication { HostPort = 65535, ContainerPort = 1 }));
        Assert.Null(ports.Collision(new PortPublication { Protocol = TransportProtocol.Udp, HostPort = 65535, ContainerPort = 1 }));
        Assert.Null(ports.Remove(all).Collision(all.Publication));
    }

    private static uint NextNumber(List<NumberedPublication> oracle) => oracle.Count == 0 ? 1 : oracle.Max(claim => claim.Number4) + 1;
}
