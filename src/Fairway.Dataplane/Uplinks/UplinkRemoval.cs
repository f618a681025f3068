using Fairway.Dataplane.Host;
using Fairway.Dataplane.Switch;
using Fairway.Engine.Drivers;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Uplinks;

/// <summary>Leaves uplinks as they were before networks had endpoints behind them: what they receive, by the tables that are pinned and the settings that are recorded.</summary>
internal sealed class UplinkRemoval(HostNetlink host, PinDirectory pins, ISettingRecord settings)
{
    public void Run()
    {
        if (File.Exists(Path.Combine(pins.Maps, "segments")))
        {
            using var maps = SwitchMaps.OpenPinned(pins.Maps);
            new StationTable(host, maps).RemoveAll();
        }
        foreach (string setting in settings.All().Keys)
        {
            if (UplinkSetting.LinkOf(setting) is not { } link)
                continue;
            if (host.Changes.FindLink(link) is { } uplink)
                host.Changes.SetLink(uplink.Index, new LinkChange { AllMulticast = false });
            settings.Forget(setting);
        }
    }
}
