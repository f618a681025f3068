using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;

namespace Fairway.Switch.Tests.Fixtures;

internal sealed partial class Scene
{
    public ulong Drops(DropReason reason) => Maps.Drops.Find((uint)reason)!.Aggregate((sum, count) => sum + count);

    public ulong AllDrops => Enum.GetValues<DropReason>().Aggregate(0ul, (sum, reason) => sum + Drops(reason));

    public StatisticsRow Statistics(TestEndpoint endpoint) => Maps.Statistics.Find(endpoint.Port)!.Aggregate((sum, row) => new StatisticsRow
    {
        PacketsOut = sum.PacketsOut + row.PacketsOut,
        BytesOut = sum.BytesOut + row.BytesOut,
        PacketsIn = sum.PacketsIn + row.PacketsIn,
        BytesIn = sum.BytesIn + row.BytesIn,
        DropsOut = sum.DropsOut + row.DropsOut,
        DropsIn = sum.DropsIn + row.DropsIn,
    });

    /// <summary>Connections counted against an endpoint: all, and those not yet answered.</summary>
    public (uint Flows, uint HalfOpen) Usage(TestEndpoint endpoint)
    {
        UsageRow row = Maps.Usage.Find(endpoint.Port)!.Value;
        return (row.Flows, row.HalfOpen);
    }

    /// <summary>Somebody watches from now on.</summary>
    public void Watch() => Configure((ref ConfigRow row) => row.Watchers = 1);

    public List<EventRecord> TakeEvents() => _switch.TakeEvents();
}
