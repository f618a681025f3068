using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Linux.Bpf;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Tests.Switch;

public sealed class VirtualSwitchTests : IAsyncDisposable
{
    private readonly TestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Load_TellsTheSwitchAboutItsHost()
    {
        var config = _host.Dataplane.Switch.Config;
        Assert.Equal(_host.Namespace.Cookie, config.HostCookie);
        Assert.Equal((49152, 65535), (config.NatFirst, config.NatLast));
        Assert.Equal((32768u, 4096u), (config.FlowQuota, config.HalfOpenQuota));
    }

    [Fact]
    public async Task Restart_KeepsTheMaps_AndBeginsAnEpoch()
    {
        uint epoch = _host.Dataplane.Switch.Config.Epoch;
        uint flows = _host.Dataplane.Switch.Maps.Flows.Map.Id;
        await _host.RestartAsync();
        Assert.Equal(flows, _host.Dataplane.Switch.Maps.Flows.Map.Id);
        Assert.Equal(epoch + 1, _host.Dataplane.Switch.Config.Epoch);
    }

    [Fact]
    public async Task Restart_OverMapsOfAnotherLayout_SaysWhatToDo()
    {
        await _host.Dataplane.DisposeAsync();
        string pin = Path.Combine(_host.Options.BpfFileSystem, _host.Name, "v1", "ports");
        BpfFileSystem.Unpin(pin);
        using (BpfMap other = BpfMap.Create(new BpfMapSpec { Name = "ports", Type = BpfMapType.Array, KeySize = 4, ValueSize = 8, MaxEntries = 4 }))
            other.Pin(pin);
        FairwayException refusal = await Assert.ThrowsAsync<FairwayException>(_host.RestartAsync);
        Assert.Equal(ErrorKind.Conflict, refusal.Kind);
        Assert.Contains("uninstall", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere/switch.bpf.o", ErrorKind.NotFound)]
    [InlineData("/etc/passwd", ErrorKind.Unsupported)]
    public void Load_OfAFileThatIsNoSwitch_IsRefused(string file, ErrorKind kind)
    {
        DataplaneOptions options = _host.Options with { ObjectFile = file };
        FairwayException refusal = Assert.Throws<FairwayException>(() => HostDataplane.Open(options, _host.Settings));
        Assert.Equal(kind, refusal.Kind);
        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
    }
}
