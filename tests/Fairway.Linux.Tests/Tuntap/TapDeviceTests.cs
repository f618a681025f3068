using Fairway.Linux.Capture;
using Fairway.Linux.Routing;
using Fairway.Linux.Tests.Fixtures;
using Fairway.Linux.Tuntap;

namespace Fairway.Linux.Tests.Tuntap;

public sealed class TapDeviceTests : IDisposable
{
    private readonly TestNamespace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Create_PersistentTap_StaysAndIsAsAsked()
    {
        TapDevice.Create(new TapSpec { Name = "tap0", Owner = 65534 }, _here.Namespace);

        Assert.Equal("tun", _here.Route.GetLink("tap0").Kind);
        string shown = _here.Exec("ip", "-d", "link", "show", "tap0");
        Assert.Contains("tun type tap pi off vnet_hdr on persist on user nobody", shown, StringComparison.Ordinal);
        Assert.Equal(Errno.EBUSY, Assert.Throws<LinuxException>(() => TapDevice.Create(new TapSpec { Name = "tap0" }, _here.Namespace)).Errno);
        Assert.True(_here.Route.DeleteLink("tap0"));
    }

    [Fact]
    public void Make_GoesWithItsDescriptor_UntilItIsKept()
    {
        var spec = new TapSpec { Name = "tap0", Owner = 0, Group = 65534 };
        TapDevice.Make(spec, _here.Namespace).Dispose();
        Assert.Null(_here.Route.FindLink("tap0"));

        using (SafeFileDescriptor made = TapDevice.Make(spec, _here.Namespace))
        {
            // One queue, which is taken.
            Assert.Equal(Errno.EBUSY, Assert.Throws<LinuxException>(() => TapDevice.Open(spec, _here.Namespace)).Errno);
            TapDevice.Keep(made, spec);
        }
        Assert.Contains("persist on user root group nogroup", _here.Exec("ip", "-d", "link", "show", "tap0"), StringComparison.Ordinal);
        TapDevice.Open(spec, _here.Namespace).Dispose();
        Assert.NotNull(_here.Route.FindLink("tap0"));
    }

    [Fact]
    public void Queue_ReadsWhatTheLinkSends_InSegmentsAsLargeAsItAccepts()
    {
        var spec = new TapSpec { Name = "tap0" };
        using TapQueue queue = TapQueue.Open(spec, _here.Namespace);
        queue.AcceptSegments();
        _here.Route.SetLink("tap0", new LinkChange { Up = true, AddressGeneration = AddressGenerationMode.None });
        Assert.False(queue.Wait(TimeSpan.Zero));
        queue.Wake();
        Assert.True(queue.Wait(Timeout.InfiniteTimeSpan));

        using PacketSocket sender = PacketSocket.Open(_here.Route.GetLink("tap0").Index, _here.Namespace);
        queue.Write([.. new byte[TapQueue.VnetHeaderLength], .. Enumerable.Repeat((byte)0xFF, 6), 2, 0, 0, 0, 0, 1, 0x88, 0xB5, .. new byte[46]]);
        Assert.True(sender.Wait(TimeSpan.FromSeconds(60)));
        _here.Route.DeleteLink("tap0");
        Assert.Equal(Errno.EBADFD, Assert.Throws<LinuxException>(() => queue.Read(new byte[100])).Errno);
    }

    [Fact]
    public void Create_NameOfAnotherKindOfLink_IsRefused()
    {
        _here.Route.CreateLink(new BridgeSpec { Name = "br0" });
        Assert.Equal(Errno.EBUSY, Assert.Throws<LinuxException>(() => TapDevice.Create(new TapSpec { Name = "br0" }, _here.Namespace)).Errno);
        Assert.Throws<ArgumentException>(() => TapDevice.Create(new TapSpec { Name = "sixteen-bytes-16" }, _here.Namespace));
    }

    [Fact]
    public void Open_PacketWritten_IsReceivedByTheLink()
    {
        var spec = new TapSpec { Name = "tap0" };
        TapDevice.Create(spec, _here.Namespace);
        _here.Route.SetLink("tap0", new LinkChange { Up = true, AddressGeneration = AddressGenerationMode.None });
        using SafeFileDescriptor program = TapDevice.Open(spec, _here.Namespace);
        using PacketSocket capture = PacketSocket.Open(_here.Route.GetLink("tap0").Index, _here.Namespace);
        Assert.Equal(OperationalState.Up, _here.Route.GetLink("tap0").State);

        byte[] packet = [.. new byte[10], .. Enumerable.Repeat((byte)0xFF, 6), 2, 0, 0, 0, 0, 1, 0x88, 0xB5, .. "hello"u8, .. new byte[41]];
        using var file = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(program.Number, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        file.Write(packet);

        Assert.True(capture.Wait(TimeSpan.FromSeconds(60)));
        Assert.True(capture.TryReceive(out CapturedPacket received));
        Assert.Equal(packet.AsSpan(10), received.Data);
        Assert.False(received.IsOutgoing);
    }
}
