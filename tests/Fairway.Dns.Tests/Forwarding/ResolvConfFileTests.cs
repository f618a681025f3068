using Microsoft.Extensions.Time.Testing;

namespace Fairway.Dns.Tests.Forwarding;

public sealed class ResolvConfFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-dns-").FullName;
    private readonly FakeTimeProvider _time = new();

    private string Path => System.IO.Path.Combine(_directory, "resolv.conf");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Current_FileChanges_IsSeenAfterTwoSeconds()
    {
        File.WriteAllText(Path, "nameserver 192.0.2.1\n");
        var file = new ResolvConfFile(Path, _time);
        UpstreamConfiguration first = file.Current;
        File.WriteAllText(Path, "nameserver 192.0.2.2\n");
        Assert.Same(first, file.Current);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("192.0.2.2:53", file.Current.Servers.Single().ToString());
    }

    [Fact]
    public void Current_LinkLeadsElsewhere_IsSeen()
    {
        foreach (string number in (string[])["1", "2"])
            File.WriteAllText(System.IO.Path.Combine(_directory, number), $"nameserver 192.0.2.{number}\n");
        File.CreateSymbolicLink(Path, "1");
        var file = new ResolvConfFile(Path, _time);
        Assert.Equal("192.0.2.1:53", file.Current.Servers.Single().ToString());
        File.Delete(Path);
        File.CreateSymbolicLink(Path, "2");
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("192.0.2.2:53", file.Current.Servers.Single().ToString());
    }

    [Fact]
    public void Current_NothingOfInterestChanges_IsTheSameObject()
    {
        File.WriteAllText(Path, "nameserver 192.0.2.1\n");
        var file = new ResolvConfFile(Path, _time);
        UpstreamConfiguration first = file.Current;
        File.WriteAllText(Path, "# a comment\nnameserver 192.0.2.1\n");
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Same(first, file.Current);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Current_FileIsBeingRewritten_KeepsWhatItSaid(bool isGone)
    {
        File.WriteAllText(Path, "nameserver 192.0.2.1\n");
        var file = new ResolvConfFile(Path, _time);
        UpstreamConfiguration first = file.Current;
        if (isGone)
            File.Delete(Path);
        else
            File.WriteAllText(Path, "");
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Same(first, file.Current);
    }

    [Fact]
    public void Current_NoFile_MeansThisHost()
        => Assert.Equal("127.0.0.1:53", new ResolvConfFile(Path, _time).Current.Servers.Single().ToString());
}
