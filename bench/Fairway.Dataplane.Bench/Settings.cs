using Fairway.Engine.Drivers;

namespace Fairway.Dataplane.Bench;

/// <summary>A record that lasts as long as the run.</summary>
internal sealed class Settings : ISettingRecord
{
    private readonly Dictionary<string, string> _settings = [];

    public string? Original(string setting) => _settings.GetValueOrDefault(setting);

    public void Remember(string setting, string original) => _settings.TryAdd(setting, original);

    public void Forget(string setting) => _settings.Remove(setting);

    public IReadOnlyDictionary<string, string> All() => _settings;
}
