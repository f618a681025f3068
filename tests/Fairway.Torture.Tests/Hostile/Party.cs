using System.Net;
using Fairway.Model.Addressing;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Torture.Tests.Hostile;

/// <summary>Somebody on a network, as frames are addressed.</summary>
internal sealed record Party(MacAddress Mac, IPAddress V4, IPAddress V6)
{
    public static async Task<Party> OfAsync(Machine machine, string endpoint) => new((await machine.Client.GetEndpointAsync(endpoint)).MacAddress,
        IPAddress.Parse(await machine.AddressAsync(endpoint, 4)), IPAddress.Parse(await machine.AddressAsync(endpoint, 6)));

    public IPAddress Address(bool version6) => version6 ? V6 : V4;

    /// <summary>A frame to a MAC, from this party's addresses.</summary>
    public byte[] To(Party other, bool version6, Segment segment) => Frame.Of(other.Mac, Mac, new Packet(Address(version6), other.Address(version6), segment));

    /// <summary>A frame to the gateway's MAC for an address beyond.</summary>
    public byte[] To(MacAddress gateway, IPAddress target, Segment segment)
        => Frame.Of(gateway, Mac, new Packet(Address(target.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6), target, segment));
}
