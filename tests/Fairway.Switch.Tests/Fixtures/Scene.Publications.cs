using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Ports;

namespace Fairway.Switch.Tests.Fixtures;

internal sealed partial class Scene
{
    private uint _publications;

    /// <summary>Publishes a port of an endpoint, as the daemon does: the row, the admitted prefixes, and the mark at the port.</summary>
    /// <param name="address">Host address, or the unspecified one for every address of its family.</param>
    /// <param name="from">Prefixes that may use it; all by default.</param>
    public PublicationRow Publish(IPAddress address, int port, TestEndpoint target, int targetPort, TransportProtocol protocol = TransportProtocol.Tcp, params string[] from)
    {
        uint number = ++_publications;
        foreach (string prefix in from)
            Maps.Sources.Set(new SourceKey(number, IPNetwork.Parse(prefix)), 1);
        var row = new PublicationRow
        {
            Number = number,
            Port = target.Port,
            Generation = target.Generation,
            Network = target.Network.Number,
            Flags = from.Length > 0 ? PublicationRow.From : 0,
            TargetPort = Swap((ushort)targetPort),
            Target = new MappedAddress(target.Address(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)),
        };
        Maps.Publications.Set(new PublicationKey(address, (ushort)port, protocol), row);
        Open(target with { Flags = target.Flags | PortFlags.Published });
        return row;
    }

    public void Unpublish(IPAddress address, int port, TransportProtocol protocol = TransportProtocol.Tcp)
        => Maps.Publications.Remove(new PublicationKey(address, (ushort)port, protocol));

    public static IPAddress AnyAddress(bool version6) => version6 ? IPAddress.IPv6Any : IPAddress.Any;
}
