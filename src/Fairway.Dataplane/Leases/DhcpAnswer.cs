using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Leases;

/// <summary>
/// What a DHCP client is told: the address its endpoint has anyway. The lease has no end, for the address is the endpoint's as long as that lives; so nobody has to
/// be there to renew it.
/// </summary>
internal static class DhcpAnswer
{
    private const int Ethernet = 14, Ipv4 = 20, Udp = 8;

    // Some clients refuse what is shorter (RFC 1542, 2.1).
    private const int LeastLength = 300;
    private const byte Reply = 2, EthernetHardware = 1, MacLength = 6, Hops = 64, UdpProtocol = 17;
    private const uint Forever = uint.MaxValue;

    // Who answers where the network has no gateway: nobody, but the answer needs a sender.
    private static readonly IPAddress s_nobody = IPAddress.Parse("169.254.0.1");

    /// <summary>The answer as a frame; null when there is none to give.</summary>
    public static byte[]? To(DhcpQuestion question, AttachResult settings, MacAddress gatewayMac)
    {
        // Whose MAC it is not has no address here.
        if (question.Sender != settings.MacAddress || question.Client != settings.MacAddress)
            return null;
        if (settings.Addresses.FirstOrDefault(own => own.Address.AddressFamily == AddressFamily.InterNetwork) is not { } own)
            return null;
        IPAddress server = settings.Gateways.Concat(ServersOf(settings)).FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? s_nobody;
        DhcpType? type = question.Type switch
        {
            DhcpType.Discover => DhcpType.Offer,
            // It has taken another server's offer, which there should be none of.
            DhcpType.Request when question.Server is { } chosen && !chosen.Equals(server) => null,
            DhcpType.Request => (question.Requested ?? question.Present).Equals(own.Address) ? DhcpType.Acknowledgement : DhcpType.Refusal,
            DhcpType.Inform => DhcpType.Acknowledgement,
            _ => null,
        };
        return type is null ? null : Frame(question, type.Value, own, server, settings, gatewayMac);
    }

    private static byte[] Frame(DhcpQuestion question, DhcpType type, EndpointAddress own, IPAddress server, AttachResult settings, MacAddress gatewayMac)
    {
        byte[] options = type == DhcpType.Refusal ? Refusal(server) : Options(question, type, own, server, settings);
        byte[] frame = new byte[Ethernet + Ipv4 + Udp + Math.Max(LeastLength, DhcpQuestion.FixedLength + options.Length)];
        Span<byte> message = frame.AsSpan(Ethernet + Ipv4 + Udp);
        message[0] = Reply;
        message[1] = EthernetHardware;
        message[2] = MacLength;
        BinaryPrimitives.WriteUInt32BigEndian(message[4..], question.Transaction);
        BinaryPrimitives.WriteUInt16BigEndian(message[8..], question.Seconds);
        message[10] = (byte)(question.WantsBroadcast ? 0x80 : 0);
        if (type != DhcpType.Refusal)
            Put(message[12..], question.Present);
        // Who only informs itself has its address.
        if (type != DhcpType.Refusal && question.Type != DhcpType.Inform)
            Put(message[16..], own.Address);
        Put(message[28..], question.Client);
        BinaryPrimitives.WriteUInt32BigEndian(message[236..], DhcpQuestion.Cookie);
        options.CopyTo(message[DhcpQuestion.FixedLength..]);
        IPAddress to = question.WantsBroadcast || type == DhcpType.Refusal ? IPAddress.Broadcast : question.Type == DhcpType.Inform ? question.Present : own.Address;
        WriteHeaders(frame, server, to, question.Client, gatewayMac);
        return frame;
    }

    private static byte[] Refusal(IPAddress server) => [(byte)DhcpOption.Type, 1, (byte)DhcpType.Refusal, (byte)DhcpOption.Server, 4, .. server.GetAddressBytes(), (byte)DhcpOption.End];

    private static byte[] Options(DhcpQuestion question, DhcpType type, EndpointAddress own, IPAddress server, AttachResult settings)
    {
        var options = new List<byte>();
        Add(DhcpOption.Type, [(byte)type]);
        Add(DhcpOption.Server, server.GetAddressBytes());
        if (question.Type != DhcpType.Inform)
            Add(DhcpOption.LeaseTime, Number(Forever));
        Add(DhcpOption.SubnetMask, Number(own.PrefixLength == 0 ? 0 : uint.MaxValue << (32 - own.PrefixLength)));
        Add(DhcpOption.Routers, Bytes(settings.Gateways));
        Add(DhcpOption.NameServers, Bytes(ServersOf(settings)));
        Add(DhcpOption.HostName, Encoding.ASCII.GetBytes(settings.EndpointName));
        Add(DhcpOption.Mtu, [(byte)(settings.Mtu >> 8), (byte)settings.Mtu]);
        Add(DhcpOption.Domain, Encoding.ASCII.GetBytes(settings.Dns.Domain ?? ""));
        Add(DhcpOption.Search, [.. settings.Dns.Search.SelectMany(Labels)]);
        options.Add((byte)DhcpOption.End);
        return [.. options];

        void Add(DhcpOption option, byte[] value)
        {
            // What does not fit into an option, or says nothing, is left out.
            if (value.Length is 0 or > byte.MaxValue)
                return;
            options.Add((byte)option);
            options.Add((byte)value.Length);
            options.AddRange(value);
        }
    }

    private static IEnumerable<IPAddress> ServersOf(AttachResult settings)
        => settings.Dns.Servers.Select(server => IPAddress.TryParse(server, out IPAddress? address) ? address : null).OfType<IPAddress>();

    private static byte[] Bytes(IEnumerable<IPAddress> addresses)
        => [.. addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork).SelectMany(address => address.GetAddressBytes())];

    /// <summary>A name as the name system writes it (RFC 1035).</summary>
    private static IEnumerable<byte> Labels(string name)
        => name.TrimEnd('.').Split('.').SelectMany(label => Encoding.ASCII.GetBytes(label).Prepend((byte)label.Length)).Append((byte)0);

    private static byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static void WriteHeaders(Span<byte> frame, IPAddress from, IPAddress to, MacAddress client, MacAddress gatewayMac)
    {
        Put(frame, to.Equals(IPAddress.Broadcast) ? new MacAddress(0xFFFF_FFFF_FFFF) : client);
        Put(frame[6..], gatewayMac);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], 0x0800);
        Span<byte> ip = frame[Ethernet..];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)ip.Length);
        ip[8] = Hops;
        ip[9] = UdpProtocol;
        Put(ip[12..], from);
        Put(ip[16..], to);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip[..Ipv4], 0));
        Span<byte> udp = ip[Ipv4..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, DhcpQuestion.ServerPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], DhcpQuestion.ClientPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        // The pseudo header: both addresses, the protocol, the length.
        ushort sum = Checksum(udp, Sum(ip[12..20]) + UdpProtocol + (uint)udp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], sum == 0 ? ushort.MaxValue : sum);
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint begin)
    {
        uint sum = begin + Sum(bytes);
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
            sum += (uint)(bytes[i] << 8 | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
        return sum;
    }

    private static void Put(Span<byte> at, IPAddress address) => address.TryWriteBytes(at, out _);

    private static void Put(Span<byte> at, MacAddress mac)
    {
        BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)(mac.Value >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(at[2..], (uint)mac.Value);
    }
}
