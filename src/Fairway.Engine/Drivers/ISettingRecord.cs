namespace Fairway.Engine.Drivers;

/// <summary>Remembers what a host setting was before Fairway changed it, across restarts, so that uninstall can put it back.</summary>
public interface ISettingRecord
{
    /// <summary>The value before the first change, or null when it was never changed.</summary>
    string? Original(string setting);

    /// <summary>Records the value before the first change; a second call for the same setting is ignored.</summary>
    void Remember(string setting, string original);

    /// <summary>Forgets a setting that was put back.</summary>
    void Forget(string setting);

    /// <summary>All recorded settings with their original values.</summary>
    IReadOnlyDictionary<string, string> All();
}
