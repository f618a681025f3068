using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Bpf;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>
/// The switch, loaded once, with a namespace that stands for the host. Its maps are not pinned, so nothing outlives the process. Loading takes longer than
/// a hundred tests, therefore tests share it, one after the other, and each begins with empty maps.
/// </summary>
public sealed class SwitchUnderTest : IDisposable
{
    private const uint FewRows = 4096;

    // Large tables take long to clear; their real sizes are the loader's business.
    private static readonly string[] s_shortened = ["flows", "publications", "sources", "addresses", "remotes", "ways"];

    // All of them, or the kernel would not start the timer in one that nobody holds.
    private readonly BpfMap[] _maps;
    private readonly RingBufferReader _events;

    public SwitchUnderTest()
        : this(FewRows)
    {
    }

    /// <param name="flowRows">Size of the flow table.</param>
    internal SwitchUnderTest(uint flowRows)
    {
        using BpfObject file = BpfObject.Open(SwitchObjectFile.Find(null));
        foreach (BpfObjectMap map in file.Maps)
        {
            map.PinPath = null;
            if (s_shortened.Contains(map.Name))
                map.MaxEntries = map.Name == "flows" ? flowRows : FewRows;
        }
        foreach (BpfObjectProgram program in file.Programs)
            program.AutoLoad = program.Type == BpfProgramType.Classifier;
        file.Load();
        Maps = SwitchMaps.Of(file);
        FromEndpoint = file.OpenProgram("from_endpoint");
        ToEndpoints = file.OpenProgram("to_endpoints");
        FromUplink = file.OpenProgram("from_uplink");
        FromTunnel = file.OpenProgram("from_tunnel");
        ToUplink = file.OpenProgram("to_uplink");
        Floods = new BpfMap<uint, FloodRow>(file.OpenMap("floods"));
        StartSweeper = file.OpenProgram("start_sweeper");
        _maps = [.. file.Maps.Select(map => map.Open())];
        LongWays = new BpfPerCpuMap<uint, ulong>(file.OpenMap("long_ways"));
        EventRate = file.OpenMap("event_rate");
        Noticed = new BpfMap<FlowKey, ulong>(file.OpenMap("noticed"));
        _events = new RingBufferReader(file.OpenMap("events"));
    }

    internal HostNamespace Host { get; } = new();

    internal SwitchMaps Maps { get; }

    internal BpfProgram FromEndpoint { get; }

    internal BpfProgram ToEndpoints { get; }

    internal BpfProgram FromUplink { get; }

    internal BpfProgram FromTunnel { get; }

    internal BpfProgram ToUplink { get; }

    /// <summary>Copies made in this second.</summary>
    internal BpfMap<uint, FloodRow> Floods { get; }

    internal BpfProgram StartSweeper { get; }

    /// <summary>When each CPU last sent a packet of another host the long way in.</summary>
    internal BpfPerCpuMap<uint, ulong> LongWays { get; }

    /// <summary>How many events each CPU has sent in this second.</summary>
    internal BpfMap EventRate { get; }

    /// <summary>Connections without a flow entry that have been reported.</summary>
    internal BpfMap<FlowKey, ulong> Noticed { get; }

    /// <summary>Takes the reports that are there.</summary>
    internal List<EventRecord> TakeEvents()
    {
        List<EventRecord> records = [];
        _events.Consume(bytes => records.Add(System.Runtime.InteropServices.MemoryMarshal.Read<EventRecord>(bytes)));
        return records;
    }

    /// <summary>As after loading.</summary>
    internal void Clear()
    {
        foreach (BpfMap map in _maps.Where(map => map.Type is BpfMapType.Hash or BpfMapType.LruHash or BpfMapType.LpmTrie))
        {
            foreach (byte[] key in map.Enumerate().Select(entry => entry.Key).ToList())
                map.Remove(key);
        }
        Maps.Config.Set(0, default);
        foreach (uint network in Enumerable.Range(0, 8))
            Maps.Networks.Set(network, default);
        StatisticsRow[] nothing = new StatisticsRow[PossibleCpus.Count];
        foreach (uint port in Enumerable.Range(0, 16).Concat(Enumerable.Range((int)SwitchLimits.ResolverPort, 8)))
        {
            Maps.Ports.Set(port, default);
            Maps.Usage.Set(port, default);
            Floods.Set(port, default);
            Maps.Statistics.Set(port, nothing);
        }
        foreach (uint reason in Enumerable.Range(0, 64))
            Maps.Drops.Set(reason, new ulong[PossibleCpus.Count]);
        LongWays.Set(0, new ulong[PossibleCpus.Count]);
        EventRate.Set(new byte[4], new byte[EventRate.TransferSize]);
        TakeEvents();
    }

    public void Dispose()
    {
        foreach (BpfMap map in _maps)
            map.Dispose();
        _events.Dispose();
        LongWays.Dispose();
        EventRate.Dispose();
        Noticed.Dispose();
        Maps.Dispose();
        FromEndpoint.Dispose();
        ToEndpoints.Dispose();
        FromUplink.Dispose();
        FromTunnel.Dispose();
        ToUplink.Dispose();
        Floods.Dispose();
        StartSweeper.Dispose();
        Host.Dispose();
    }
}
