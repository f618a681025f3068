namespace Fairway.Dataplane.Uplinks;

/// <summary>Names under which changed settings of uplinks are recorded.</summary>
internal static class UplinkSetting
{
    private const string Prefix = "link/";
    private const string Suffix = "/allmulticast";

    /// <summary>Whether the device receives all multicast.</summary>
    public static string AllMulticast(string link) => $"{Prefix}{link}{Suffix}";

    /// <summary>The device of such a name, or null when it is the name of something else.</summary>
    public static string? LinkOf(string setting)
        => setting.StartsWith(Prefix, StringComparison.Ordinal) && setting.EndsWith(Suffix, StringComparison.Ordinal) ? setting[Prefix.Length..^Suffix.Length] : null;
}
