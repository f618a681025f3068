using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;

namespace Fairway.Torture.Tests.Fixtures;

/// <summary>The switch's own count of what it dropped, by reason: read from its table, so that it can be asked with the daemon dead.</summary>
internal static class DropCounters
{
    public static Task<IReadOnlyDictionary<string, long>> ReadAsync(Machine machine)
    {
        using SwitchMaps maps = SwitchMaps.TryOpenPinned($"/sys/fs/bpf/{machine.Instance}/v{SwitchLimits.Layout}")!;
        var counts = new Dictionary<string, long>();
        foreach (DropReason reason in Enum.GetValues<DropReason>())
            counts[reason.ToString()] = (maps.Drops.Find((uint)reason) ?? []).Sum(count => (long)count);
        return Task.FromResult<IReadOnlyDictionary<string, long>>(counts);
    }

    public static string Difference(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after)
        => string.Join(", ", after.Where(count => count.Value > before.GetValueOrDefault(count.Key)).Select(count => $"{count.Value - before.GetValueOrDefault(count.Key)} {count.Key}"));
}
