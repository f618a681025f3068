using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Model.Flows;
using Fairway.Model.Statistics;

namespace Fairway.Dataplane.Reports;

/// <inheritdoc/>
internal sealed class SwitchStatistics(SwitchMaps maps) : ISwitchStatistics
{
    /// <inheritdoc/>
    public PortStatistics Read(uint port)
    {
        var sum = new StatisticsRow();
        foreach (StatisticsRow row in maps.Statistics.Find(port) ?? [])
        {
            sum.PacketsIn += row.PacketsIn;
            sum.BytesIn += row.BytesIn;
            sum.PacketsOut += row.PacketsOut;
            sum.BytesOut += row.BytesOut;
            sum.DropsIn += row.DropsIn;
            sum.DropsOut += row.DropsOut;
        }
        return new PortStatistics(sum.PacketsIn, sum.BytesIn, sum.PacketsOut, sum.BytesOut, sum.DropsIn, sum.DropsOut);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<DropReason, ulong> Drops()
    {
        var drops = new Dictionary<DropReason, ulong>();
        foreach (DropReason reason in Enum.GetValues<DropReason>())
        {
            ulong count = 0;
            foreach (ulong part in maps.Drops.Find((uint)reason) ?? [])
                count += part;
            if (count > 0)
                drops[reason] = count;
        }
        return drops;
    }

    /// <inheritdoc/>
    /// <remarks>The sum of what is counted against ports: the table itself can have a million rows.</remarks>
    public long Flows() => maps.Usage.Enumerate().Sum(entry => (long)entry.Value.Flows);
}
