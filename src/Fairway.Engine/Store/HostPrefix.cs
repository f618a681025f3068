using System.Net;
using System.Security.Cryptography;

namespace Fairway.Engine.Store;

/// <summary>The random prefix that is the host's own for good (RFC 4193, 3.2.2): fd, 40 random bits, and room for 65,536 subnets.</summary>
internal static class HostPrefix
{
    public static IPNetwork Random()
    {
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        address[0] = 0xfd;
        RandomNumberGenerator.Fill(address[1..6]);
        return new IPNetwork(new IPAddress(address), 48);
    }
}
