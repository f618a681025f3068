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
        // What maps of another release say of uplinks cannot be read; the MACs stay with the device then.
        using SwitchMaps? maps = SwitchMaps.TryOpenPinned(pins.Maps);
        if (maps is not null)
            new StationTable(host, maps).RemoveAll();
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
