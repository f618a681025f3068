using Fairway.Cli.Parsing;
using Fairway.Model.Ports;

namespace Fairway.Cli.Tests.Parsing;

public sealed class HostPortTextTests
{
    [Theory]
    [InlineData("8080", null, 8080, 1, TransportProtocol.Tcp)]
    [InlineData("53/udp", null, 53, 1, TransportProtocol.Udp)]
    [InlineData("127.0.0.1:8080", "127.0.0.1", 8080, 1, TransportProtocol.Tcp)]
    [InlineData("[::1]:9000-9010/udp", "::1", 9000, 11, TransportProtocol.Udp)]
    [InlineData("8080:80", null, 8080, 1, TransportProtocol.Tcp)]
    [InlineData("127.0.0.1:9000-9010:8000-8010", "127.0.0.1", 9000, 11, TransportProtocol.Tcp)]
    public void HostSide_AloneOrWithTheEndpointsPort_IsUnderstood(string text, string? address, int port, int count, TransportProtocol protocol)
    {
        Assert.True(HostPortText.TryParse(text, out var publication, out var error), error);
        Assert.Equal((address, port, count, protocol), (publication.HostAddress?.ToString(), publication.HostPort, publication.Count, publication.Protocol));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0:80")]
    [InlineData("http")]
    [InlineData("::1:8080")]
    [InlineData("8080/sctp")]
    [InlineData("1:2:3:4")]
    public void Text_ThatIsNone_IsAnsweredWithWhatToWrite(string text)
    {
        Assert.False(HostPortText.TryParse(text, out _, out var error));
        Assert.Equal($"'{text}' is not a published port; write [HOSTIP:]HOST[-END][/udp], for example 8080 or 127.0.0.1:5353/udp", error);
    }
}
