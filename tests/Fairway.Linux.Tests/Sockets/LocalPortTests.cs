using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Diag;
using Fairway.Linux.Sockets;

namespace Fairway.Linux.Tests.Sockets;

public sealed class LocalPortTests
{
    [Theory]
    [InlineData("0.0.0.0", null, false)]
    [InlineData("::", null, false)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("::1", null, false)]
    [InlineData("0.0.0.0", "127.0.0.1", false)]
    [InlineData("127.0.0.1", "0.0.0.0", false)]
    [InlineData("127.0.0.1", "127.0.0.2", true)]
    [InlineData("127.0.0.1", "::", true)]
    [InlineData("::1", "::", false)]
    [InlineData("::1", "0.0.0.0", true)]
    public void CanBind_WhileASocketListens(string held, string? asked, bool free)
    {
        using var listener = new TcpListener(IPAddress.Parse(held), 0);
        listener.Start();
        var port = (ushort)((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.Equal(free, LocalPort.CanBind(TransportProtocol.Tcp, asked is null ? null : IPAddress.Parse(asked), port));
        Assert.True(LocalPort.CanBind(TransportProtocol.Udp, null, port));
        listener.Stop();
        Assert.True(LocalPort.CanBind(TransportProtocol.Tcp, null, port));
        // It does not keep what it tried.
        Assert.True(LocalPort.CanBind(TransportProtocol.Tcp, null, port));
    }

    [Fact]
    public void CanBind_OfSomebodyElsesAddress_IsFalse()
        => Assert.False(LocalPort.CanBind(TransportProtocol.Tcp, IPAddress.Parse("192.0.2.1"), 40000));
}
