using System.Net.Sockets;
using Fairway.Linux.Routing;
using Fairway.Linux.Sysctl;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Sysctl;

public sealed class KernelSettingsTests : IDisposable
{
    private readonly TestNamespace _here = new();
    private readonly KernelSettings _settings;

    public KernelSettingsTests() => _settings = new KernelSettings(_here.Namespace);

    public void Dispose() => _here.Dispose();

    [Fact]
    public void Write_InANamespace_ChangesThatNamespaceOnly()
    {
        string outside = new KernelSettings().Read("net.ipv4.ip_default_ttl");

        _settings.Write("net.ipv4.ip_default_ttl", 77);

        Assert.Equal(77, _settings.ReadNumber("net/ipv4/ip_default_ttl"));
        Assert.Equal("77", _here.Exec("cat", "/proc/sys/net/ipv4/ip_default_ttl").Trim());
        Assert.Equal(outside, new KernelSettings().Read("net.ipv4.ip_default_ttl"));
        Assert.NotEqual("77", outside);
    }

    [Fact]
    public void Write_LinkWithADotInItsName_IsThatLinks()
    {
        _here.Route.CreateLink(new VethSpec { Name = "a.1", Peer = new VethPeerSpec { Name = "b" } });

        _settings.Write(SysctlName.OfLink(AddressFamily.InterNetwork, "a.1", "forwarding"), 1);

        Assert.Equal("1", _settings.Read("net.ipv4.conf.a/1.forwarding"));
        Assert.Equal("0", _settings.Read("net/ipv4/conf/b/forwarding"));
        Assert.Equal("1", _settings.Read(SysctlName.OfLink(AddressFamily.InterNetwork, "a.1", "forwarding")));
        Assert.Equal("60", _settings.Read(SysctlName.OfNeighbours(AddressFamily.InterNetworkV6, "a.1", "gc_stale_time")));
    }

    [Fact]
    public void Read_NoSuchSetting_SaysWhichAndWhere()
    {
        var error = Assert.Throws<LinuxException>(() => _settings.Read("net/ipv4/conf/none/forwarding"));

        Assert.Equal(Errno.ENOENT, error.Errno);
        Assert.StartsWith($"read kernel setting 'net/ipv4/conf/none/forwarding in namespace /run/netns/{_here.Name}'", error.Message, StringComparison.Ordinal);
        Assert.Null(_settings.Find("net/ipv4/conf/none/forwarding"));
    }

    [Fact]
    public void Write_BadValue_IsRefused()
        => Assert.Equal(Errno.EINVAL, Assert.Throws<LinuxException>(() => _settings.Write("net/ipv4/ip_default_ttl", "many")).Errno);

    [Fact]
    public void Write_ReadOnlySetting_IsRefused()
        => Assert.Equal(Errno.EACCES, Assert.Throws<LinuxException>(() => new KernelSettings().Write("kernel/osrelease", "x")).Errno);

    [Fact]
    public void Read_NotANumber_SaysWhat()
        => Assert.Throws<InvalidDataException>(() => new KernelSettings().ReadNumber("kernel/osrelease"));

    [Fact]
    public void ReservedPorts_WrittenAndCleared_ReadBackEqual()
    {
        var ports = PortRangeSet.Parse("40000-50000,53,8000");

        _settings.Write(PortRangeSet.ReservedPortsSetting, ports.ToString());
        Assert.Equal(ports, PortRangeSet.Parse(_settings.Read(PortRangeSet.ReservedPortsSetting)));

        _settings.Write(PortRangeSet.ReservedPortsSetting, "");
        Assert.Empty(PortRangeSet.Parse(_settings.Read(PortRangeSet.ReservedPortsSetting)));
    }

    [Theory]
    [InlineData("net.ipv4.ip_forward", "net/ipv4/ip_forward")]
    [InlineData("net/ipv4/conf/eth0.100/forwarding", "net/ipv4/conf/eth0.100/forwarding")]
    [InlineData("net.ipv4.conf.eth0/100.forwarding", "net/ipv4/conf/eth0.100/forwarding")]
    public void Name_BothForms_AreRead(string name, string path) => Assert.Equal(path, SysctlName.FromString(name).Path);

    [Theory]
    [InlineData("net/../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("net..ipv4")]
    [InlineData("net/")]
    public void Name_LeadingElsewhere_IsRefused(string name) => Assert.Throws<ArgumentException>(() => SysctlName.FromString(name));

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public void NameOfLink_ImpossibleLink_IsRefused(string link)
        => Assert.ThrowsAny<ArgumentException>(() => SysctlName.OfLink(AddressFamily.InterNetwork, link, "forwarding"));
}
