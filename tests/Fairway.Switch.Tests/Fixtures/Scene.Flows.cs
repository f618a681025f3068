using System.Buffers.Binary;
using Fairway.Dataplane.Switch.Layout;

namespace Fairway.Switch.Tests.Fixtures;

internal sealed partial class Scene
{
    /// <summary>FW_FLOW_* of <c>bpf/layout.h</c>.</summary>
    public const uint ReplyFlag = 2;

    public List<KeyValuePair<FlowKey, FlowRow>> Flows => [.. Maps.Flows.Enumerate()];

    /// <summary>The only connection's row, in the direction of its first packet.</summary>
    public KeyValuePair<FlowKey, FlowRow> Forward => Flows.Single(flow => (flow.Value.Flags & ReplyFlag) == 0);

    /// <summary>The only connection's other row.</summary>
    public KeyValuePair<FlowKey, FlowRow> Reply => Flows.Single(flow => (flow.Value.Flags & ReplyFlag) != 0);

    /// <summary>Makes a row look as if its last packet had come some seconds earlier; a negative number makes it later.</summary>
    public void Age(FlowKey key, int seconds)
    {
        FlowRow row = Maps.Flows.Find(key)!.Value;
        row.Seen -= (uint)seconds;
        Maps.Flows.Set(key, row);
    }

    /// <summary>Every row.</summary>
    public void AgeAll(int seconds)
    {
        foreach (FlowKey key in Flows.Select(flow => flow.Key))
            Age(key, seconds);
    }

    /// <summary>Leaves no room in the flow table.</summary>
    public void FillFlows()
    {
        FlowKey[] keys = [.. Enumerable.Range(0, (int)Maps.Flows.Map.MaxEntries).Select(i => new FlowKey { Scope = uint.MaxValue - (uint)i })];
        Maps.Flows.SetMany(keys, new FlowRow[keys.Length]);
    }

    /// <summary>Between host and network byte order.</summary>
    public static ushort Swap(ushort port) => BinaryPrimitives.ReverseEndianness(port);
}
