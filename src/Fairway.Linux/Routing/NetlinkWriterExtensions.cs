using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>Attributes only rtnetlink has.</summary>
internal static class NetlinkWriterExtensions
{
    public static void WriteMac(this ref NetlinkWriter writer, ushort type, MacAddress address)
    {
        Span<byte> bytes = stackalloc byte[6];
        address.CopyTo(bytes);
        writer.WriteBytes(type, bytes);
    }
}
