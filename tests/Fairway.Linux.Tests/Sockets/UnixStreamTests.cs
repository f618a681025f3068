using System.Net.Sockets;
using Fairway.Linux.Sockets;

namespace Fairway.Linux.Tests.Sockets;

public sealed class UnixStreamTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fairway-unix-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private string SocketPath => Path.Combine(_folder, "s");

    public void Dispose()
    {
        _listener.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Bytes_GoBothWays_UntilTheOtherEndCloses()
    {
        Listen();
        using UnixStream stream = UnixStream.Connect(SocketPath, TimeSpan.FromSeconds(60));
        using Socket peer = _listener.Accept();
        stream.Write("ping"u8);
        byte[] buffer = new byte[16];
        Assert.Equal("ping"u8, buffer.AsSpan(0, peer.Receive(buffer)));
        peer.Send("pong"u8);
        peer.Shutdown(SocketShutdown.Send);
        stream.ReadExactly(buffer, 0, 4);
        Assert.Equal("pong"u8, buffer.AsSpan(0, 4));
        Assert.Equal(0, stream.Read(buffer));
    }

    [Fact]
    public void Read_ThatTakesTooLong_EndsWithEagain()
    {
        Listen();
        using UnixStream stream = UnixStream.Connect(SocketPath, TimeSpan.FromMilliseconds(20));
        using Socket peer = _listener.Accept();
        Assert.Equal((int)Errno.EAGAIN, Assert.Throws<IOException>(() => stream.Read(new byte[1])).HResult);
    }

    [Fact]
    public void Write_ToAnEndThatIsGone_Throws_AndNoSignalComes()
    {
        Listen();
        using UnixStream stream = UnixStream.Connect(SocketPath, TimeSpan.FromSeconds(60));
        _listener.Accept().Dispose();
        Assert.Equal((int)Errno.EPIPE, Assert.Throws<IOException>(() => stream.Write(new byte[1 << 20])).HResult);
    }

    [Fact]
    public void Connect_SaysWhyNot()
    {
        Assert.Equal(Errno.ENOENT, Assert.Throws<LinuxException>(() => UnixStream.Connect(SocketPath, TimeSpan.FromSeconds(60))).Errno);
        // Bound, and nobody listens.
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<LinuxException>(() => UnixStream.Connect(SocketPath, TimeSpan.FromSeconds(60))).Errno);
        Assert.Throws<ArgumentOutOfRangeException>(() => UnixStream.Connect("/" + new string('x', 107), TimeSpan.FromSeconds(60)));
    }

    private void Listen()
    {
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
    }
}
