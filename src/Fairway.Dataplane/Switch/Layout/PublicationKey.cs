using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Fairway.Model.Ports;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Key of map <c>publications</c>. An unspecified address stands for every address of its family.</summary>
[CStruct("fw_publication_key")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PublicationKey
{
    public readonly MappedAddress Address;

    /// <summary>Network byte order.</summary>
    public readonly ushort Port;

    public readonly byte Protocol;

    public readonly byte Pad;

    public PublicationKey(IPAddress address, ushort port, TransportProtocol protocol)
    {
        Address = new MappedAddress(address);
        Port = BinaryPrimitives.ReverseEndianness(port);
        Protocol = (byte)protocol;
    }
}
