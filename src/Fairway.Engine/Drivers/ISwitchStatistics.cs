using Fairway.Model.Flows;
using Fairway.Model.Statistics;

namespace Fairway.Engine.Drivers;

/// <summary>The switch's counters.</summary>
public interface ISwitchStatistics
{
    /// <summary>Counters of a port.</summary>
    PortStatistics Read(uint port);

    /// <summary>Packets dropped since the switch was loaded, by reason; reasons that never occurred are left out.</summary>
    IReadOnlyDictionary<DropReason, ulong> Drops();

    /// <summary>Connections in the flow table.</summary>
    long Flows();
}
