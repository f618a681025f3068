using Fairway.Daemon.Arguments;

namespace Fairway.Api.Tests.Daemon;

public sealed class CommandLineTests
{
    [Fact]
    public void Nothing_MeansTheDefaultInstance()
    {
        var options = CommandLine.Parse([]);

        Assert.Equal((DaemonMode.Serve, "fairway", "/run/fairway/fairway.sock", "/var/lib/fairway"),
            (options.Mode, options.Instance, options.SocketPath, options.StateDirectory));
    }

    [Theory]
    [InlineData("--instance", "blue")]
    [InlineData("--instance=blue")]
    public void Instance_NamesItsPaths(params string[] arguments)
    {
        var options = CommandLine.Parse(arguments);

        Assert.Equal(("/run/blue/fairway.sock", "/var/lib/blue"), (options.SocketPath, options.StateDirectory));
    }

    [Fact]
    public void EverythingGiven_IsTaken()
    {
        var options = CommandLine.Parse(["--uninstall", "--state", "/s=1", "--socket=/run/a=b.sock", "--instance", "blue"]);

        Assert.Equal((DaemonMode.Uninstall, "blue", "/run/a=b.sock", "/s=1"), (options.Mode, options.Instance, options.SocketPath, options.StateDirectory));
    }

    [Theory]
    [InlineData("'--verbose' is not an option; see fairwayd --help", "--verbose")]
    [InlineData("'serve' is not an option; see fairwayd --help", "serve")]
    [InlineData("'' is not an option; see fairwayd --help", "")]
    [InlineData("option '--socket' needs a value; see fairwayd --help", "--socket")]
    [InlineData("option '--socket' has 'fairway.sock', which is not an absolute path; start it with '/'", "--socket", "fairway.sock")]
    [InlineData("option '--state' has '', which is not an absolute path; start it with '/'", "--state=")]
    [InlineData("the instance name 'a-b' contains '-'; use 1 to 32 lower-case letters and digits", "--instance", "a-b")]
    [InlineData("the instance name is empty; use 1 to 32 lower-case letters and digits", "--instance=")]
    [InlineData("option '--instance' is given twice; give it once", "--instance", "a", "--instance", "b")]
    [InlineData("option '--version' takes no value", "--version=1")]
    [InlineData("--uninstall, --version and --help exclude each other; give one of them", "--uninstall", "--help")]
    [InlineData("--listen, --tls-certificate, --tls-key and --tls-clients belong together: without certificates on both sides nobody is served over the network", "--listen=0.0.0.0:80")]
    [InlineData("option '--listen' has '8443', which is no address with a port; write 192.0.2.1:8443 or [2001:db8::1]:8443", "--listen=8443")]
    [InlineData("option '--listen' has 'example.org:8443', which is no address with a port; write 192.0.2.1:8443 or [2001:db8::1]:8443", "--listen", "example.org:8443")]
    public void WrongOptions_AreOneSentence(string sentence, params string[] arguments) =>
        Assert.Equal(sentence, Assert.Throws<UsageException>(() => CommandLine.Parse(arguments)).Message);

    [Fact]
    public void Help_NamesEveryOption() =>
        Assert.All(["--instance", "--socket", "--state", "--uninstall", "--version", "--help", "--listen", "--tls-certificate", "--tls-key", "--tls-clients"], option => Assert.Contains(option, CommandLine.Help, StringComparison.Ordinal));
}
