using System.Net;

namespace Fairway.Dns.Tests.Forwarding;

public sealed class UpstreamConfigurationTests
{
    [Fact]
    public void Parse_ReadsServersAndOptions()
    {
        var configuration = UpstreamConfiguration.Parse("""
            # made by hand
            ; and by another
            search example.com
            nameserver 192.0.2.1
            nameserver	2001:db8::1   # the other
            nameserver 192.0.2.1
            nameserver nonsense
            options timeout:3 attempts:4 rotate edns0 ndots:5
            """);
        Assert.Equal(["192.0.2.1:53", "[2001:db8::1]:53"], configuration.Servers.Select(server => server.ToString()));
        Assert.Equal((TimeSpan.FromSeconds(3), 4, true), (configuration.Timeout, configuration.Attempts, configuration.Rotate));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nameserver\nsearch x\nnameserver 1.2.3.4.5")]
    public void Parse_NoServer_MeansThisHost(string text)
        => Assert.Equal([new IPEndPoint(IPAddress.Loopback, 53)], UpstreamConfiguration.Parse(text).Servers);

    [Theory]
    [InlineData("timeout:0 attempts:0", 1, 1)]
    [InlineData("timeout:99 attempts:99", 30, 5)]
    [InlineData("timeout:x attempts:-1 timeout attempts:", 2, 2)]
    public void Parse_OptionsOutOfRange_AreBroughtIntoIt(string options, int timeout, int attempts)
    {
        var configuration = UpstreamConfiguration.Parse($"nameserver 192.0.2.1\r\noptions {options}\r\n");
        Assert.Equal((timeout, attempts), ((int)configuration.Timeout.TotalSeconds, configuration.Attempts));
    }

    [Fact]
    public void Parse_LinkLocalServer_KeepsItsInterface()
        => Assert.Equal("[fe80::1%1]:53", UpstreamConfiguration.Parse("nameserver fe80::1%lo").Servers.Single().ToString());
}
