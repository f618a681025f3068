using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairway.Model.Flows;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Live;

/// <summary>
/// What a test run of a program cannot show: class ids, tags the hardware took off, delivery, checksums left to the hardware, and whether a real
/// stack believes what the switch makes up.
/// </summary>
public sealed class LiveTests(LiveHost live) : IClassFixture<LiveHost>
{
    private static readonly byte[] s_hello = "hello"u8.ToArray();

    private readonly Scene _scene = live.NewScene();

    private static TimeSpan Patience => TimeSpan.FromSeconds(60);

    [Theory, BothVersions]
    public void Neighbours_ReachEachOther(bool version6)
    {
        using Socket a = Bind(_scene.A, version6, 4000), b = Bind(_scene.B, version6, 5000);
        a.SendTo(s_hello, new IPEndPoint(_scene.B.Address(version6), 5000));
        IPEndPoint from = Receives(b, s_hello);
        Assert.Equal(new IPEndPoint(_scene.A.Address(version6), 4000), from);
        b.SendTo("back"u8, from);
        Receives(a, "back"u8.ToArray());
    }

    /// <summary>The sender's kernel hands over segments of up to 64 KiB, with checksums that are not there yet.</summary>
    [Theory, BothVersions]
    public async Task Stream_BetweenNeighbours_ArrivesWhole(bool version6)
    {
        byte[] sent = new byte[4 << 20];
        new Random(1).NextBytes(sent);
        using Socket listener = live.OpenSocket(_scene.B, version6, SocketType.Stream), client = live.OpenSocket(_scene.A, version6, SocketType.Stream);
        listener.Bind(new IPEndPoint(_scene.B.Address(version6), 8000));
        listener.Listen();
        client.Connect(_scene.B.Address(version6), 8000);
        using Socket server = await listener.AcceptAsync(TestContext.Current.CancellationToken);

        Task<byte[]> receiving = Task.Run(() => ReceiveAll(server, sent.Length), TestContext.Current.CancellationToken);
        client.Send(sent);

        Assert.Equal(sent, await receiving.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Theory, BothVersions]
    public void Machine_BehindATap_IsReached_AndReaches(bool version6)
    {
        using Socket a = Bind(_scene.A, version6, 4000);
        a.SendTo(s_hello, new IPEndPoint(_scene.C.Address(version6), 5000));
        byte[] arrived = live.Machine.Read(frame => IsTo(frame, _scene.C.Address(version6)));
        Packet expected = _scene.A.To(_scene.C, version6, Segment.Udp(4000, 5000, s_hello));
        Reading reading = Reading.OfFrame(arrived);
        Assert.Equal((_scene.C.Mac, _scene.A.Mac, expected.Source, 4000), (reading.To, reading.From, reading.Source, (int)reading.SourcePort));

        live.Machine.Write(Frame.Of(_scene.A.Mac, _scene.C.Mac, _scene.C.To(_scene.A, version6, Segment.Udp(5000, 4000, "back"u8.ToArray()))));
        Receives(a, "back"u8.ToArray());
    }

    /// <summary>The kernel takes the tag off before the program sees the frame; what is left would pass.</summary>
    [Theory]
    [InlineData(0x8100, 100)]
    [InlineData(0x8100, 0)]
    [InlineData(0x88A8, 100)]
    public void VlanTag_IsDropped(int tag, ushort vlan)
    {
        using Socket a = Bind(_scene.A, false, 4000);
        byte[] plain = Frame.Of(_scene.A.Mac, _scene.C.Mac, _scene.C.To(_scene.A, false, Segment.Udp(5000, 4000, s_hello)));
        live.Machine.Write([.. plain[..12], (byte)(tag >> 8), (byte)tag, (byte)(vlan >> 8), (byte)vlan, .. plain[12..]]);
        live.Machine.Write(Frame.Of(_scene.A.Mac, _scene.C.Mac, _scene.C.To(_scene.A, false, Segment.Udp(5000, 4000, "plain"u8.ToArray()))));
        Receives(a, "plain"u8.ToArray()); // the tagged one is not before it
        Assert.Equal(1ul, _scene.Drops(DropReason.Protocol));
    }

    [Theory, BothVersions]
    public void Outside_IsReached_WithRightChecksums_AndAnswers(bool version6)
    {
        using Socket a = Bind(_scene.A, version6, 4000);
        a.SendTo(s_hello, new IPEndPoint(Outside.Server(version6), 123));
        Reading left = Reading.OfFrame(live.Lan.Read(frame => IsTo(frame, Outside.Server(version6))));
        Assert.Equal((TestUplink.RouterMac, TestUplink.Lan.Mac), (left.To, left.From));
        Assert.Equal((TestUplink.Lan.Address(version6), 123), (left.Source, (int)left.DestinationPort));
        Assert.NotEqual(0, left.TransportChecksum);

        live.Lan.Write(TestUplink.Lan.Frame(new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, left.SourcePort, "answer"u8.ToArray()))));
        Assert.Equal(new IPEndPoint(Outside.Server(version6), 123), Receives(a, "answer"u8.ToArray()));
    }

    [Theory, BothVersions]
    public async Task Outside_IsConnectedTo_WithRightChecksums(bool version6)
    {
        using Socket a = live.OpenSocket(_scene.A, version6, SocketType.Stream);
        Task connecting = Task.Run(() => a.Connect(Outside.Server(version6), 443), TestContext.Current.CancellationToken);
        byte[] syn = live.Lan.Read(frame => IsTo(frame, Outside.Server(version6)));
        Reading left = Reading.OfFrame(syn);
        int sequence = Frame.HeaderLength + (version6 ? 40 : 20) + 4;
        uint acknowledged = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(syn.AsSpan(sequence)) + 1;
        Segment answer = Segment.Tcp(443, left.SourcePort, TcpFlags.Syn | TcpFlags.Ack);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(answer.Bytes.AsSpan(8), acknowledged);
        live.Lan.Write(TestUplink.Lan.Frame(new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), answer)));

        await connecting.WaitAsync(Patience, TestContext.Current.CancellationToken);
        a.Send(s_hello);
        byte[] data = live.Lan.Read(frame => IsTo(frame, Outside.Server(version6)) && Encoding.ASCII.GetString(frame).Contains("hello", StringComparison.Ordinal));
        Assert.Equal((TestUplink.Lan.Address(version6), left.SourcePort), (Reading.OfFrame(data).Source, Reading.OfFrame(data).SourcePort));
    }

    [Theory, BothVersions]
    public void Publication_IsReached_AndAnswersWithRightChecksums(bool version6)
    {
        _scene.Publish(Scene.AnyAddress(version6), 8080, _scene.B, 123, TransportProtocol.Udp);
        using Socket b = Bind(_scene.B, version6, 123);
        live.Lan.Write(TestUplink.Lan.Frame(new Packet(Outside.Client(version6), TestUplink.Lan.Address(version6), Segment.Udp(5555, 8080, s_hello))));
        IPEndPoint client = Receives(b, s_hello);
        Assert.Equal(new IPEndPoint(Outside.Client(version6), 5555), client);

        b.SendTo("answer"u8, client);
        Reading left = Reading.OfFrame(live.Lan.Read(frame => IsTo(frame, Outside.Client(version6))));
        Assert.Equal((TestUplink.Lan.Address(version6), 8080, 5555), (left.Source, (int)left.SourcePort, (int)left.DestinationPort));
        Assert.NotEqual(0, left.TransportChecksum);
    }

    [Theory, BothVersions]
    public void Host_ReachesAnEndpoint_AndIsReached(bool version6)
    {
        using Socket host = live.OpenHostSocket(version6, SocketType.Dgram), a = Bind(_scene.A, version6, 4000);
        host.Bind(new IPEndPoint(TestNetwork.Web.Gateway(version6), 6000));
        host.SendTo(s_hello, new IPEndPoint(_scene.A.Address(version6), 4000));
        a.SendTo("back"u8, Receives(a, s_hello));
        Receives(host, "back"u8.ToArray());
    }

    /// <summary>Nothing here forwards between devices, but a host that does must not let the outside in.</summary>
    [Fact]
    public void Outside_ByWayOfTheHostsRoutes_IsUnpublished()
    {
        using Socket a = Bind(_scene.A, false, 4000);
        live.SetForwarding("lan", true);
        try
        {
            live.Lan.Write(TestUplink.Lan.Frame(new Packet(Outside.Client(false), _scene.A.V4, Segment.Udp(5555, 4000, s_hello))));
            SpinWait.SpinUntil(() => _scene.Drops(DropReason.Unpublished) > 0, Patience);
            Assert.Equal(1ul, _scene.Drops(DropReason.Unpublished));
            Assert.Equal(0, a.Available);
        }
        finally
        {
            live.SetForwarding("lan", false);
        }
    }

    /// <summary>The sender's kernel must believe the error, or it would go on for ever.</summary>
    [Theory, BothVersions]
    public void PacketTooBig_IsBelievedByTheSender(bool version6)
    {
        live.SetLanMtu(_scene, 1280);
        using Socket a = Bind(_scene.A, version6, 4000);
        a.Connect(Outside.OtherServer(version6), 123);
        if (!version6)
            a.DontFragment = true;
        SocketError error = SocketError.Success;
        SpinWait.SpinUntil(() => (error = Send(a, new byte[1400])) != SocketError.Success, Patience);
        Assert.Equal(SocketError.MessageSize, error);
        // The first error is told once more when it arrives late.
        SpinWait.SpinUntil(() => (error = Send(a, new byte[1200])) == SocketError.Success, Patience);
        Assert.Equal(SocketError.Success, error);
        live.Lan.Read(frame => IsTo(frame, Outside.OtherServer(version6)));
    }

    [Theory, BothVersions]
    public void NoRoute_IsBelievedByTheSender(bool version6)
    {
        _scene.Maps.Uplinks.Set(live.LanLink, (TestUplink.Lan with { V4 = null, V6 = null }).ToRow());
        using Socket a = live.OpenSocket(_scene.A, version6, SocketType.Stream);
        SocketException refusal = Assert.Throws<SocketException>(() => a.Connect(Outside.Server(version6), 443));
        Assert.Equal(SocketError.NetworkUnreachable, refusal.SocketErrorCode);
    }

    private Socket Bind(TestEndpoint endpoint, bool version6, int port)
    {
        Socket socket = live.OpenSocket(endpoint, version6, SocketType.Dgram);
        socket.Bind(new IPEndPoint(endpoint.Address(version6), port));
        return socket;
    }

    private static IPEndPoint Receives(Socket socket, byte[] expected)
    {
        byte[] buffer = new byte[2048];
        EndPoint from = new IPEndPoint(Scene.AnyAddress(socket.AddressFamily == AddressFamily.InterNetworkV6), 0);
        int length = socket.ReceiveFrom(buffer, ref from);
        Assert.Equal(Encoding.ASCII.GetString(expected), Encoding.ASCII.GetString(buffer, 0, length));
        return (IPEndPoint)from;
    }

    private static byte[] ReceiveAll(Socket socket, int length)
    {
        byte[] buffer = new byte[length];
        for (int received = 0; received < length;)
        {
            int count = socket.Receive(buffer.AsSpan(received));
            Assert.NotEqual(0, count);
            received += count;
        }
        return buffer;
    }

    private static SocketError Send(Socket socket, byte[] bytes)
    {
        socket.Send(bytes, SocketFlags.None, out SocketError error);
        return error;
    }

    private static bool IsTo(byte[] frame, IPAddress destination)
    {
        int offset = destination.AddressFamily == AddressFamily.InterNetworkV6 ? 38 : 30;
        byte[] bytes = destination.GetAddressBytes();
        return frame.Length >= offset + bytes.Length && frame.AsSpan(offset, bytes.Length).SequenceEqual(bytes);
    }
}
