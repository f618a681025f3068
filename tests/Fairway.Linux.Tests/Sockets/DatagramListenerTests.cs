using System.Net.Sockets;
using Fairway.Linux.Routing;
using Fairway.Linux.Sockets;
using Fairway.Linux.Tests.Fixtures;
using Fairway.Linux.Tuntap;

namespace Fairway.Linux.Tests.Sockets;

public sealed class DatagramListenerTests : IDisposable
{
    private readonly TestNamespace _here = new();
    private readonly TapQueue _far;
    private readonly Socket _listener;

    public DatagramListenerTests()
    {
        _far = TapQueue.Open(new TapSpec { Name = "tap0", VnetHeader = false }, _here.Namespace);
        _here.Route.SetLink("tap0", new LinkChange { Up = true, AddressGeneration = AddressGenerationMode.None });
        _listener = DatagramListener.Open(_here.Route.GetLink("tap0").Index, 67, _here.Namespace);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _far.Dispose();
        _here.Dispose();
    }

    [Fact]
    public async Task Listener_HearsDatagramsOfItsPort_AndNothingElse_AndAnswers()
    {
        _far.Write(Frame(port: 68));
        _far.Write(Frame(protocol: 6));
        _far.Write(Frame(etherType: 0x86DD));
        _far.Write(Frame(fragment: 5));
        byte[] wanted = Frame(options: 4);
        _far.Write(wanted);
        byte[] buffer = new byte[2000];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Assert.Equal(wanted, buffer[..await _listener.ReceiveAsync(buffer, patience.Token)]);

        byte[] answer = Frame(port: 68);
        await _listener.SendAsync(answer, patience.Token);
        Assert.True(_far.Wait(TimeSpan.FromSeconds(20)));
        Assert.Equal(answer, buffer[.._far.Read(buffer)]);
    }

    [Fact]
    public async Task Link_ThatGoes_EndsTheListening()
    {
        Task<int> receiving = _listener.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken).AsTask();
        _here.Route.DeleteLink("tap0");
        await Assert.ThrowsAsync<SocketException>(() => receiving);
    }

    private static byte[] Frame(ushort port = 67, byte protocol = 17, ushort etherType = 0x0800, byte fragment = 0, byte options = 0)
    {
        byte[] ip = new byte[20 + options];
        (ip[0], ip[7], ip[9]) = ((byte)(0x45 + options / 4), fragment, protocol);
        return [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 0, 0, 0, 0, 1, (byte)(etherType >> 8), (byte)etherType, .. ip, 0, 68, (byte)(port >> 8), (byte)port, .. new byte[30]];
    }
}
