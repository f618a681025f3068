using System.Collections.Concurrent;
using Fairway.Engine.Drivers;

namespace Fairway.Engine.Store;

/// <summary>Host settings as they were, in the store. On the disk before <see cref="Remember"/> returns: only then may a driver change one.</summary>
internal sealed class SettingRecord(HostStore store, IReadOnlyDictionary<string, string> loaded) : ISettingRecord
{
    private readonly ConcurrentDictionary<string, string> _originals = new(loaded, StringComparer.Ordinal);

    public string? Original(string setting) => _originals.GetValueOrDefault(setting);

    public void Remember(string setting, string original)
    {
        if (!_originals.ContainsKey(setting))
            Write(setting, original);
        _originals.TryAdd(setting, original);
    }

    public void Forget(string setting)
    {
        if (_originals.ContainsKey(setting))
            Write(setting, null);
        _originals.TryRemove(setting, out _);
    }

    public IReadOnlyDictionary<string, string> All() => new Dictionary<string, string>(_originals, StringComparer.Ordinal);

    private void Write(string setting, string? original) => store.WriteAsync(transaction =>
    {
        transaction.PutSetting(setting, original);
        return true;
    }).GetAwaiter().GetResult();
}
