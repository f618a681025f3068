using Fairway.Netavark.CommandLine;
using Fairway.Netavark.Tests.Fixtures;

namespace Fairway.Netavark.Tests.CommandLine;

public sealed class CommandLineReaderTests
{
    [Theory]
    [InlineData("--config /run/containers/networks --rootless=false --aardvark-binary=/usr/lib/podman/aardvark-dns setup /run/netns/x")]
    [InlineData("--config=/run/containers/networks -r false -a /x --firewall-driver nftables setup /run/netns/x")]
    [InlineData("--plugin-directory /a --plugin-directory /b --rootless=false --aardvark-binary= setup /run/netns/x")]
    [InlineData("setup /run/netns/x -c/run -rfalse")]
    [InlineData("setup /run/netns/x")]
    public void Setup_IsReadInEverySpelling(string line)
    {
        var invocation = CommandLineReader.Read(line.Split(' '));
        Assert.Equal((Verb.Setup, "/run/netns/x", false, null), (invocation.Verb, invocation.Operand, invocation.Rootless, invocation.File));
    }

    [Fact]
    public void Update_TakesServers_JoinedOrRepeated()
    {
        Assert.Equal(["192.0.2.1", "192.0.2.2"], CommandLineReader.Read(["update", "web", "--network-dns-servers", "192.0.2.1,192.0.2.2"]).DnsServers);
        Assert.Equal(["192.0.2.1", "192.0.2.2"], CommandLineReader.Read(["update", "--network-dns-servers=192.0.2.1", "--network-dns-servers=192.0.2.2", "web"]).DnsServers);
        Assert.Equal([], CommandLineReader.Read(["update", "web", "--network-dns-servers", ""]).DnsServers);
    }

    [Fact]
    public void File_IsRead()
    {
        Assert.Equal("/tmp/x", CommandLineReader.Read(["-f", "/tmp/x", "create"]).File);
        Assert.Equal("/tmp/x", CommandLineReader.Read(["create", "--file=/tmp/x"]).File);
    }

    [Theory]
    [InlineData("", "a command is missing: setup, teardown, update, create, version or info")]
    [InlineData("dance", "there is no command 'dance': setup, teardown, update, create, version or info")]
    [InlineData("setup", "setup takes the path of one network namespace")]
    [InlineData("teardown a b", "teardown takes the path of one network namespace")]
    [InlineData("update", "update takes the name of one network")]
    [InlineData("create it", "create takes no argument 'it'")]
    [InlineData("--loud setup x", "there is no option '--loud'; see --help")]
    [InlineData("setup x --file", "--file needs a value")]
    [InlineData("--rootless=maybe setup x", "--rootless is true or false, not 'maybe'")]
    public async Task CommandLine_ThatIsNone_IsRefusedInNetavarksForm(string line, string expected) =>
        Assert.Equal(expected, (await Call.WithoutDaemonAsync("", line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Failed(code: 2));
}
