using System.Net;
using Fairway.Dataplane.Switch.Layout;

namespace Fairway.Switch.Tests.Fixtures;

internal sealed partial class Scene
{
    private uint _lastSet;

    /// <summary>Gives a port ways of its own, in place of those it has, and says so.</summary>
    public void Lead(TestEndpoint endpoint, params (string Prefix, WayRow Way)[] ways)
    {
        uint set = ++_lastSet;
        foreach ((string prefix, WayRow way) in ways)
            Maps.Ways.Set(new WayKey(set, IPNetwork.Parse(prefix)), way);
        Change(endpoint, row => row with { Ways = set });
    }

    /// <summary>Holds what a port sends to bytes a second, but for what may be ahead.</summary>
    public void Limit(TestEndpoint endpoint, ulong rate, ulong ahead)
    {
        Maps.Limits.Set(endpoint.Port, new LimitRow(rate, ahead, 0));
        Change(endpoint, row => row with { Flags = row.Flags | PortFlags.Limited });
    }

    public void Change(TestEndpoint endpoint, Func<PortRow, PortRow> change)
    {
        Maps.Ports.Set(endpoint.Port, change(Maps.Ports.Find(endpoint.Port)!.Value));
        BeginEpoch();
    }
}
