using Fairway.Engine.Drivers;

namespace Fairway.Dataplane.Tests.Fixtures;

/// <summary>What the store keeps for the daemon, kept by the test.</summary>
internal sealed class SettingRecord : ISettingRecord
{
    private readonly Dictionary<string, string> _settings = [];

    public string? Original(string setting) => _settings.GetValueOrDefault(setting);

    public void Remember(string setting, string original) => _settings.TryAdd(setting, original);

    public void Forget(string setting) => _settings.Remove(setting);

    public IReadOnlyDictionary<string, string> All() => _settings;
}
