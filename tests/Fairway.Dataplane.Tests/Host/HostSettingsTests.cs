using Fairway.Dataplane.Host;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Sysctl;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Tests.Host;

public sealed class HostSettingsTests : IDisposable
{
    private readonly NetworkNamespace _space = NetworkNamespace.CreateAnonymous();
    private readonly HostNetlink _host;
    private readonly KernelSettings _kernel;
    private readonly SettingRecord _record = new();

    public HostSettingsTests()
    {
        _host = HostNetlink.Open(_space);
        _kernel = new KernelSettings(_space);
    }

    private string Reserved
    {
        get => _kernel.Read(HostSettings.ReservedPorts);
        set => _kernel.Write(HostSettings.ReservedPorts, value);
    }

    private HostSettings Settings => new(_host, _record);

    public void Dispose()
    {
        _host.Dispose();
        _space.Dispose();
    }

    [Fact]
    public void Reserve_AddsToWhatIsReserved_AndRestorePutsItBack()
    {
        Reserved = "8080,9000-9010";
        Settings.Reserve(new PortRange(50000, 60000));
        Assert.Equal("8080,9000-9010,50000-60000", Reserved);
        Assert.Equal("8080,9000-9010", _record.Original(HostSettings.ReservedPorts));
        Settings.Restore(new PortRange(50000, 60000));
        Assert.Equal("8080,9000-9010", Reserved);
        Assert.Empty(_record.All());
    }

    [Fact]
    public void Restore_KeepsWhatOthersReservedMeanwhile_AndWhatWasOursBefore()
    {
        Reserved = "50005";
        Settings.Reserve(new PortRange(50000, 50010));
        Reserved = "1234,50000-50010";
        Settings.Restore(new PortRange(50000, 50010));
        Assert.Equal("1234,50005", Reserved);
    }

    [Fact]
    public void Reserve_AnotherRangeThanTheDaemonBefore_GivesTheOldOneBack()
    {
        Reserved = "8080,50005";
        Settings.Reserve(new PortRange(50000, 50010));
        Settings.Reserve(new PortRange(60000, 60010), earlier: new PortRange(50000, 50010));
        Assert.Equal("8080,50005,60000-60010", Reserved);
        Settings.Restore(new PortRange(60000, 60010));
        Assert.Equal("8080,50005", Reserved);
    }

    [Fact]
    public void Restore_WithoutARecord_TakesOutWhatTheSwitchWasTold()
    {
        Reserved = "1234";
        Settings.Reserve(new PortRange(50000, 50010));
        new HostSettings(_host, new SettingRecord()).Restore(new PortRange(50000, 50010));
        Assert.Equal("1234", Reserved);
    }

    [Fact]
    public void Restore_WithoutPins_PutsTheRecordBack()
    {
        Settings.Reserve(new PortRange(50000, 50010));
        Settings.Restore(null);
        Assert.Equal("", Reserved);
    }

    [Fact]
    public void Reserve_Twice_RecordsTheFirstValueOnly()
    {
        Settings.Reserve(new PortRange(50000, 50010));
        Settings.Reserve(new PortRange(50000, 50020));
        Assert.Equal("", _record.Original(HostSettings.ReservedPorts));
    }

    [Fact]
    public void Reserve_OfAlmostAllTheHostHandsOut_IsRefused()
    {
        _kernel.Write("net.ipv4.ip_local_port_range", "49152 65535");
        FairwayException refusal = Assert.Throws<FairwayException>(() => Settings.Reserve(new PortRange(49152, 65535)));
        Assert.Equal(ErrorKind.Conflict, refusal.Kind);
        Assert.Equal("", Reserved);
        Assert.Empty(_record.All());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("80", "80")]
    [InlineData("80,81,83", "80-81,83")]
    [InlineData("1-3,2-5", "1-5")]
    public void PortList_IsWrittenAsTheKernelDoes(string text, string written) => Assert.Equal(written, PortList.Format(PortList.Parse(text)));
}
