using System.Net;
using CsCheck;
using Fairway.Model.Ports;

namespace Fairway.Model.Tests.Ports;

public sealed class PublicationTextTests
{
    private static readonly Gen<IPAddress?> s_hostAddress = Gen.OneOf(
        Gen.Const((IPAddress?)null),
        Gen.Byte.Array[4].Select(IPAddress? (octets) => new IPAddress(octets)),
        Gen.Byte.Array[16].Where(octets => !new IPAddress(octets).IsIPv4MappedToIPv6).Select(IPAddress? (octets) => new IPAddress(octets)));

    private static readonly Gen<PortPublication> s_publication =
        Gen.Select(s_hostAddress, Gen.UShort, Gen.UShort[1, 65535], Gen.Int[1, 65535], Gen.Bool).Select((address, host, container, count, udp) => new PortPublication
        {
            HostAddress = address,
            HostPort = host,
            ContainerPort = container,
            Count = host == 0 ? 1 : Math.Min(count, 65536 - Math.Max(host, container)),
            Protocol = udp ? TransportProtocol.Udp : TransportProtocol.Tcp,
        });

    [Fact]
    public void Text_OfAPublication_ParsesBackToTheSame() => s_publication.Sample(publication =>
    {
        var back = PublicationText.Parse(PublicationText.Format(publication));
        Assert.Equal((publication.HostAddress, publication.HostPort, publication.ContainerPort, publication.Count, publication.Protocol),
            (back.HostAddress, back.HostPort, back.ContainerPort, back.Count, back.Protocol));
    });

    [Fact]
    public void Text_OfAnyKind_IsReadOrRefusedWithAReason() => Gen.String[Gen.Char["0123456789-:/.[]udptcp"], 0, 20].Sample(text =>
    {
        if (PublicationText.TryParse(text, out var publication, out var error))
            Assert.Equal(PublicationText.Format(publication), PublicationText.Format(PublicationText.Parse(PublicationText.Format(publication))));
        else
            Assert.Contains($"'{text}'", error, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("8080:80", "8080:80")]
    [InlineData("0:80", "0:80")]
    [InlineData("8080:80/tcp", "8080:80")]
    [InlineData("53:53/UDP", "53:53/udp")]
    [InlineData("127.0.0.1:8080:80", "127.0.0.1:8080:80")]
    [InlineData("0.0.0.0:8080:80", "0.0.0.0:8080:80")]
    [InlineData("[::1]:8080:80/udp", "[::1]:8080:80/udp")]
    [InlineData("[fd00:0:0::1]:8000-8010:9000-9010", "[fd00::1]:8000-8010:9000-9010")]
    [InlineData("7000-7000:80", "7000:80")]
    [InlineData("1-65535:1-65535", "1-65535:1-65535")]
    public void Text_Right_IsReadAndWrittenOneWay(string text, string canonical) => Assert.Equal(canonical, PublicationText.Format(PublicationText.Parse(text)));

    [Theory]
    [InlineData("", "'' has no ':' between host port and container port; write [HOSTIP:]HOST[-END]:CONTAINER[-END][/udp], for example 8080:80")]
    [InlineData("80", "'80' has no ':' between host port and container port; write [HOSTIP:]HOST[-END]:CONTAINER[-END][/udp], for example 8080:80")]
    [InlineData("::1:80:80", "'::1:80:80' has too many parts; IPv6 host addresses stand in brackets; write [HOSTIP:]HOST[-END]:CONTAINER[-END][/udp], for example 8080:80")]
    [InlineData("[::1]:1:2:3", "'[::1]:1:2:3' has too many parts; IPv6 host addresses stand in brackets; write [HOSTIP:]HOST[-END]:CONTAINER[-END][/udp], for example 8080:80")]
    [InlineData("[::1:80:80", "'[::1:80:80' has a '[' without ']:' behind the address; write [HOSTIP:]HOST[-END]:CONTAINER[-END][/udp], for example 8080:80")]
    [InlineData("[10.0.0.1]:80:80", "'[10.0.0.1]:80:80' has an IPv4 address in brackets; leave the brackets out; write [HOSTIP:]HOST[-END]:CONTAINER[-END][/udp], for example 8080:80")]
    [InlineData("[web]:80:80", "'[web]:80:80': 'web' is not an IP address")]
    [InlineData("localhost:80:80", "'localhost:80:80': 'localhost' is not an IP address")]
    [InlineData("80:80/sctp", "'80:80/sctp' names the protocol 'sctp'; only tcp and udp ports can be published")]
    [InlineData("80:80/", "'80:80/' names the protocol ''; only tcp and udp ports can be published")]
    [InlineData("80:0", "'80:0' has '0' for a container port; it is a number from 1 to 65535")]
    [InlineData("80:65536", "'80:65536' has '65536' for a container port; it is a number from 1 to 65535")]
    [InlineData("x:80", "'x:80' has 'x' for a host port; it is a number from 0 to 65535")]
    [InlineData("+8:80", "'+8:80' has '+8' for a host port; it is a number from 0 to 65535")]
    [InlineData("127.0.0.1:80", "'127.0.0.1:80' has '127.0.0.1' for a host port; it is a number from 0 to 65535")]
    [InlineData(":80", "':80' has '' for a host port; it is a number from 0 to 65535")]
    [InlineData("80-:80", "'80-:80' has '' for a host port; it is a number from 0 to 65535")]
    [InlineData("90-80:90-80", "'90-80:90-80' has a range that ends before it starts; write 80-90")]
    [InlineData("80-90:80", "'80-90:80' maps 11 host ports to 1 container port; make both ranges equally long")]
    [InlineData("80:80-81", "'80:80-81' maps 1 host port to 2 container ports; make both ranges equally long")]
    [InlineData("0-10:80-90", "'0-10:80-90' starts its range at host port 0; a free port is asked for one at a time, as 0:80")]
    public void Text_Wrong_SaysWhy(string text, string expected)
    {
        Assert.False(PublicationText.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("80:80", "80:81", true)]
    [InlineData("80:80", "80:80/udp", false)]
    [InlineData("80:80", "81:80", false)]
    [InlineData("80-90:80-90", "90-99:80-89", true)]
    [InlineData("80-90:80-90", "91-99:80-88", false)]
    [InlineData("0:80", "0:80", false)]
    [InlineData("80:80", "127.0.0.1:80:80", true)]
    [InlineData("0.0.0.0:80:80", "127.0.0.1:80:80", true)]
    [InlineData("[::]:80:80", "127.0.0.1:80:80", false)]
    [InlineData("[::]:80:80", "[::1]:80:80", true)]
    [InlineData("127.0.0.1:80:80", "127.0.0.2:80:80", false)]
    [InlineData("127.0.0.1:80:80", "127.0.0.1:80:99", true)]
    public void Overlaps_AsSocketsWould(string one, string other, bool expected)
    {
        Assert.Equal(expected, PublicationText.Parse(one).Overlaps(PublicationText.Parse(other)));
        Assert.Equal(expected, PublicationText.Parse(other).Overlaps(PublicationText.Parse(one)));
    }
}
