using System.Buffers.Binary;
using System.Net;
using Fairway.Dataplane.Leases;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Tests.Leases;

/// <summary>What a machine that asks for its address is told. A real client's opinion of it is in the tests of the whole daemon.</summary>
public sealed class DhcpTests
{
    private static readonly MacAddress s_client = new(0x02_15_5D_01_02_03), s_gateway = new(0x02_00_00_00_00_01);
    private static readonly IPAddress s_address = IPAddress.Parse("10.1.0.5"), s_server = IPAddress.Parse("10.1.0.1"), s_other = IPAddress.Parse("10.1.0.9");

    private static readonly AttachResult s_settings = new(Guid.NewGuid(), "vm1", Guid.NewGuid(), "tap-vm1", s_client, 1450,
        [new EndpointAddress(IPAddress.Parse("fd00::5"), 64), new EndpointAddress(s_address, 22)], [s_server, IPAddress.Parse("fd00::1")],
        new DnsSettings("corp.example", ["a.example", "b"], ["10.1.0.1", "fd00::1", "9.9.9.9"]), [], 1);

    [Fact]
    public void Discover_IsOffered_WhatTheEndpointHas()
    {
        byte[] answer = Answer(Question(DhcpType.Discover))!;
        Assert.Equal(Mac(s_client), answer[..6]);
        Assert.Equal(Mac(s_gateway), answer[6..12]);
        Assert.Equal((s_server, s_address), (new IPAddress(answer[26..30]), new IPAddress(answer[30..34])));
        byte[] message = answer[42..];
        Assert.Equal(0xCAFEF00Du, BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(4)));
        Assert.Equal(s_address, new IPAddress(message[16..20]));
        Assert.Equal(Mac(s_client), message[28..34]);
        var options = Options(message);
        Assert.Equal([(byte)DhcpType.Offer], options[DhcpOption.Type]);
        Assert.Equal(s_server.GetAddressBytes(), options[DhcpOption.Server]);
        Assert.Equal([255, 255, 255, 255], options[DhcpOption.LeaseTime]);
        Assert.Equal([255, 255, 252, 0], options[DhcpOption.SubnetMask]);
        Assert.Equal(s_server.GetAddressBytes(), options[DhcpOption.Routers]);
        Assert.Equal([10, 1, 0, 1, 9, 9, 9, 9], options[DhcpOption.NameServers]);
        Assert.Equal([.. "vm1"u8], options[DhcpOption.HostName]);
        Assert.Equal([.. "corp.example"u8], options[DhcpOption.Domain]);
        Assert.Equal([.. "\u0001a\u0007example\0\u0001b\0"u8], options[DhcpOption.Search]);
        Assert.Equal([1450 >> 8, 1450 & 0xFF], options[DhcpOption.Mtu]);
        Assert.True(message.Length >= 300);
        Assert.Equal(0xFFFFu, Folded(answer.AsSpan(14, 20), 0));
        Assert.Equal(0xFFFFu, Folded(answer.AsSpan(34), Folded(answer.AsSpan(26, 8), 17 + (uint)(answer.Length - 34))));
    }

    [Fact]
    public void Request_OfItsOwnAddress_IsAcknowledged_AndOfAnotherOneRefused()
    {
        Assert.Equal(DhcpType.Acknowledgement, TypeOf(Answer(Question(DhcpType.Request, requested: s_address, server: s_server))));
        Assert.Equal(DhcpType.Acknowledgement, TypeOf(Answer(Question(DhcpType.Request, present: s_address))));
        byte[] refused = Answer(Question(DhcpType.Request, requested: s_other))!;
        Assert.Equal(DhcpType.Refusal, TypeOf(refused));
        Assert.Equal((IPAddress.Broadcast, IPAddress.Any), (new IPAddress(refused[30..34]), new IPAddress(refused[58..62])));
        Assert.Equal([DhcpOption.Type, DhcpOption.Server], Options(refused[42..]).Keys.Order());
    }

    [Fact]
    public void Inform_IsToldEverythingButAnAddress()
    {
        byte[] answer = Answer(Question(DhcpType.Inform, present: s_address))!;
        Assert.Equal((IPAddress.Any, s_address), (new IPAddress(answer[58..62]), new IPAddress(answer[30..34])));
        Assert.DoesNotContain(DhcpOption.LeaseTime, Options(answer[42..]).Keys);
    }

    [Fact]
    public void WhoHearsBroadcastsOnly_GetsOne()
    {
        byte[] answer = Answer(Question(DhcpType.Discover, broadcast: true))!;
        Assert.Equal(Enumerable.Repeat((byte)0xFF, 6), answer[..6]);
        Assert.Equal(IPAddress.Broadcast, new IPAddress(answer[30..34]));
    }

    [Fact]
    public void NoAnswer_ToWhoeverItIsNot()
    {
        Assert.Null(Answer(Question(DhcpType.Request, requested: s_address, server: s_other)));
        Assert.Null(Answer(Question(DhcpType.Release)));
        Assert.Null(Answer(Question(DhcpType.Decline)));
        Assert.Null(Answer(Question(DhcpType.Discover, client: new MacAddress(0x02_99_00_00_00_00))));
        Assert.Null(Answer(Question(DhcpType.Discover, sender: new MacAddress(0x02_99_00_00_00_00))));
        Assert.Null(Answer(Question(DhcpType.Discover), s_settings with { Addresses = [s_settings.Addresses[0]] }));
    }

    [Fact]
    public void NetworkWithoutAGateway_IsAnswered_WithoutRouters()
    {
        byte[] answer = Answer(Question(DhcpType.Discover), s_settings with { Gateways = [], Dns = DnsSettings.Empty })!;
        Assert.Equal(IPAddress.Parse("169.254.0.1"), new IPAddress(answer[26..30]));
        Assert.DoesNotContain(DhcpOption.Routers, Options(answer[42..]).Keys);
    }

    [Fact]
    public void Frames_CutShortOrChanged_NeverThrow()
    {
        byte[] frame = Question(DhcpType.Request, requested: s_address, server: s_server);
        for (int length = 0; length < frame.Length; length++)
            _ = DhcpQuestion.TryRead(frame.AsSpan(0, length));
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] changed = [.. frame];
            for (int change = random.Next(1, 6); change > 0; change--)
                changed[random.Next(12, changed.Length)] = (byte)random.Next(256);
            if (DhcpQuestion.TryRead(changed) is { } question)
                _ = DhcpAnswer.To(question, s_settings, s_gateway);
        }
        Assert.NotNull(DhcpQuestion.TryRead(frame));
    }

    private static byte[]? Answer(byte[] question, AttachResult? settings = null) => DhcpAnswer.To(DhcpQuestion.TryRead(question)!, settings ?? s_settings, s_gateway);

    private static byte[] Question(DhcpType type, IPAddress? requested = null, IPAddress? server = null, IPAddress? present = null, bool broadcast = false, MacAddress? client = null, MacAddress? sender = null)
    {
        byte[] message = new byte[DhcpQuestion.FixedLength];
        (message[0], message[1], message[2]) = (1, 1, 6);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), 0xCAFEF00D);
        message[10] = (byte)(broadcast ? 0x80 : 0);
        (present ?? IPAddress.Any).TryWriteBytes(message.AsSpan(12), out _);
        Mac(client ?? s_client).CopyTo(message, 28);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(236), DhcpQuestion.Cookie);
        byte[] options =
        [
            0, 53, 1, (byte)type,
            .. requested is null ? [] : (byte[])[50, 4, .. requested.GetAddressBytes()],
            .. server is null ? [] : (byte[])[54, 4, .. server.GetAddressBytes()],
            55, 2, 1, 3, 255,
        ];
        byte[] ip = new byte[28];
        ip[0] = 0x45;
        return [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. Mac(sender ?? s_client), 8, 0, .. ip, .. message, .. options];
    }

    private static DhcpType TypeOf(byte[]? answer) => (DhcpType)Options(answer![42..])[DhcpOption.Type][0];

    private static Dictionary<DhcpOption, byte[]> Options(byte[] message)
    {
        var options = new Dictionary<DhcpOption, byte[]>();
        for (int at = DhcpQuestion.FixedLength; message[at] != (byte)DhcpOption.End; at += 2 + message[at + 1])
            options.Add((DhcpOption)message[at], message[(at + 2)..(at + 2 + message[at + 1])]);
        return options;
    }

    /// <summary>All ones, for what carries its own checksum.</summary>
    private static uint Folded(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (int i = 0; i < bytes.Length; i += 2)
            sum += (uint)(bytes[i] << 8 | (i + 1 < bytes.Length ? bytes[i + 1] : 0));
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return sum;
    }

    private static byte[] Mac(MacAddress mac) => [.. Enumerable.Range(0, 6).Select(index => (byte)(mac.Value >> (40 - 8 * index)))];
}
