using Fairway.Engine.Drivers;

namespace Fairway.Daemon;

/// <summary>The record of host settings when its store is lost: nothing is known of what was before.</summary>
internal sealed class LostSettings : ISettingRecord
{
    public string? Original(string setting) => null;

    public void Remember(string setting, string original)
    {
    }

    public void Forget(string setting)
    {
    }

    public IReadOnlyDictionary<string, string> All() => new Dictionary<string, string>();
}
